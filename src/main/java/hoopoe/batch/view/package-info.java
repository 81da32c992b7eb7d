/** Batches and messages as the API shows them. */
@NullMarked
package hoopoe.batch.view;

import org.jspecify.annotations.NullMarked;
