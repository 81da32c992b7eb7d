/** From a request to a stored batch: validates, prices, partitions, creates. */
@NullMarked
package hoopoe.batch.create;

import org.jspecify.annotations.NullMarked;
