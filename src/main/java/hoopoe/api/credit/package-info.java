/** {@code GET /v1/accounts} and the routes about one account. */
@NullMarked
package hoopoe.api.credit;

import org.jspecify.annotations.NullMarked;
