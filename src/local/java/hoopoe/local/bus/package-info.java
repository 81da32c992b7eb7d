/** A bus of Amazon EventBridge on the loopback address, as far as Hoopoe and its tests need it. */
@NullMarked
package hoopoe.local.bus;

import org.jspecify.annotations.NullMarked;
