/** Items of dispatches and every step of their state: claim, result, decision, cancellation. */
@NullMarked
package hoopoe.store.dispatch;

import org.jspecify.annotations.NullMarked;
