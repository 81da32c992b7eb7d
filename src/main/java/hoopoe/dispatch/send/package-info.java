/** Claims a dispatch and sends it, at most once. */
@NullMarked
package hoopoe.dispatch.send;

import org.jspecify.annotations.NullMarked;
