/** The login session and the last credit of an account. */
@NullMarked
package hoopoe.store.account;

import org.jspecify.annotations.NullMarked;
