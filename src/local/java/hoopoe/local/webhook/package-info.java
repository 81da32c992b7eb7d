/** A receiver of webhooks on the loopback address, as a caller might run one. */
@NullMarked
package hoopoe.local.webhook;

import org.jspecify.annotations.NullMarked;
