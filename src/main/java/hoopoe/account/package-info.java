/** The configured accounts: each is one customer account at one provider. */
@NullMarked
package hoopoe.account;

import org.jspecify.annotations.NullMarked;
