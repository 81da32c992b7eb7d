/** {@code POST /v1/batches}: sends a text to many. */
@NullMarked
package hoopoe.send;

import org.jspecify.annotations.NullMarked;
