/** Polls providers for delivery reports, merges what is known, and settles dispatches. */
@NullMarked
package hoopoe.delivery.check;

import org.jspecify.annotations.NullMarked;
