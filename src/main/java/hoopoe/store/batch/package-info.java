/** Items of batches and recipients, totals, the list index, and idempotency keys. */
@NullMarked
package hoopoe.store.batch;

import org.jspecify.annotations.NullMarked;
