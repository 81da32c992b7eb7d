/**
 * The base of every provider's simulator besides the wire: a clock that can be moved, an agenda, switches, and the control
 * surface. It knows no provider.
 */
@NullMarked
package hoopoe.local.stage;

import org.jspecify.annotations.NullMarked;
