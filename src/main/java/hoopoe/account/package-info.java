/** The configured accounts: one is one customer of one provider. */
@NullMarked
package hoopoe.account;

import org.jspecify.annotations.NullMarked;
