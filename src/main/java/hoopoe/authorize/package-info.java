/** What API Gateway asks before it lets a call through. Says who calls; what they may do is each function's own question. */
@NullMarked
package hoopoe.authorize;

import org.jspecify.annotations.NullMarked;
