/** The clock, and parallel workers. */
@NullMarked
package hoopoe.platform;

import org.jspecify.annotations.NullMarked;
