/** {@code DELETE /v1/batches/{id}}: takes a batch back. */
@NullMarked
package hoopoe.erase;

import org.jspecify.annotations.NullMarked;
