/** {@code GET} of batches, messages and replies, and the API's own documents. */
@NullMarked
package hoopoe.api.status;

import org.jspecify.annotations.NullMarked;
