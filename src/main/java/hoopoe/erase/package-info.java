/** {@code DELETE /v1/batches/{id}}: cancels a batch. */
@NullMarked
package hoopoe.erase;

import org.jspecify.annotations.NullMarked;
