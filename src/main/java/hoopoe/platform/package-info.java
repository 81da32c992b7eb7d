/** The clock, SHA-256, and parallel workers. */
@NullMarked
package hoopoe.platform;

import org.jspecify.annotations.NullMarked;
