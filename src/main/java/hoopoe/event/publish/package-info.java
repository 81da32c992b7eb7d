/** Finds what callers were not told yet, and tells it to those who listen. */
@NullMarked
package hoopoe.event.publish;

import org.jspecify.annotations.NullMarked;
