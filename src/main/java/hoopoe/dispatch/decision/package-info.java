/** An operator's decision on a dispatch of which nobody knows whether it was sent: confirm or resend. */
@NullMarked
package hoopoe.dispatch.decision;

import org.jspecify.annotations.NullMarked;
