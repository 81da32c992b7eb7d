/** Callbacks, references, checks and delivery reports. */
@NullMarked
package hoopoe.store.delivery;

import org.jspecify.annotations.NullMarked;
