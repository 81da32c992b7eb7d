/**
 * The login session of an account at its provider, shared by all workers, and the block of an account whose credentials
 * were refused.
 */
@NullMarked
package hoopoe.account.session;

import org.jspecify.annotations.NullMarked;
