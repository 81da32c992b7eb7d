/** The Lambda authorizer. It says who calls; what they may do is each function's own question. */
@NullMarked
package hoopoe.api.authorize;

import org.jspecify.annotations.NullMarked;
