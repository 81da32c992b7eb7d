/** {@code /v1/webhooks}: the endpoints to which callers want their events posted. */
@NullMarked
package hoopoe.api.webhooks;

import org.jspecify.annotations.NullMarked;
