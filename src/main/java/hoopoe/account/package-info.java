/** Accounts at their providers: how they are, what they have left, and ending their sessions. */
@NullMarked
package hoopoe.account;

import org.jspecify.annotations.NullMarked;
