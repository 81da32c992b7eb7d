/** Operator decisions on an unconfirmed dispatch: confirm or resend. */
@NullMarked
package hoopoe.dispatch.decision;

import org.jspecify.annotations.NullMarked;
