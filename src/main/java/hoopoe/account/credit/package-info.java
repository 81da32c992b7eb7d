/** The credit and health of accounts, and the end of a session when an operator asks for it. */
@NullMarked
package hoopoe.account.credit;

import org.jspecify.annotations.NullMarked;
