/** {@code POST /v1/batches}, and operator decisions on an unconfirmed dispatch. */
@NullMarked
package hoopoe.api.send;

import org.jspecify.annotations.NullMarked;
