/** What the clock calls. */
@NullMarked
package hoopoe.poll;

import org.jspecify.annotations.NullMarked;
