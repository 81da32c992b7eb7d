/** Cancels a batch, dispatch by dispatch. */
@NullMarked
package hoopoe.dispatch.cancel;

import org.jspecify.annotations.NullMarked;
