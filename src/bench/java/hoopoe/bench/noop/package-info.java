/** A Lambda without a framework: what native Java costs by itself. */
@NullMarked
package hoopoe.bench.noop;

import org.jspecify.annotations.NullMarked;
