/** Delivery reports, callbacks, and the status that a message shows. */
@NullMarked
package hoopoe.delivery;

import org.jspecify.annotations.NullMarked;
