/** The operator's way to make, see and revoke keys. No route leads to it: whoever may invoke the function may do it. */
@NullMarked
package hoopoe.keys;

import org.jspecify.annotations.NullMarked;
