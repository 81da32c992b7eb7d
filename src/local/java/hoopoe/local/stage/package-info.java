/**
 * What every provider's simulator stands on beside the wire: a clock that can be moved, an agenda, switches, and the control
 * surface. It knows no provider.
 */
@NullMarked
package hoopoe.local.stage;

import org.jspecify.annotations.NullMarked;
