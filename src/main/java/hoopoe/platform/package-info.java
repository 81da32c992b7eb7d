/** The clock, and threads that work beside each other. */
@NullMarked
package hoopoe.platform;

import org.jspecify.annotations.NullMarked;
