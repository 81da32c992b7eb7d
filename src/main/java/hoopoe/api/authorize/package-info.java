/** The Lambda authorizer. It says which caller calls; each function checks what they may do. */
@NullMarked
package hoopoe.api.authorize;

import org.jspecify.annotations.NullMarked;
