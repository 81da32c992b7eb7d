/** {@code DELETE /v1/batches/{id}}: cancels a batch. */
@NullMarked
package hoopoe.api.cancel;

import org.jspecify.annotations.NullMarked;
