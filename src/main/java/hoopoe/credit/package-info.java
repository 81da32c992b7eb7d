/** {@code GET /v1/accounts} and what can be asked and told about one account. */
@NullMarked
package hoopoe.credit;

import org.jspecify.annotations.NullMarked;
