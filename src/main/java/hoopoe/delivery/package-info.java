/** Delivery reports, callback events, and the status that a message shows. */
@NullMarked
package hoopoe.delivery;

import org.jspecify.annotations.NullMarked;
