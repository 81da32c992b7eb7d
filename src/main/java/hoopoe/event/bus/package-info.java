/** Events on a bus of Amazon EventBridge. */
@NullMarked
package hoopoe.event.bus;

import org.jspecify.annotations.NullMarked;
