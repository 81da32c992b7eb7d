/** The clock, JSON, SHA-256, and work shared fairly among parallel workers. */
@NullMarked
package hoopoe.platform;

import org.jspecify.annotations.NullMarked;
