/** Cancels a batch. */
@NullMarked
package hoopoe.batch.erasure;

import org.jspecify.annotations.NullMarked;
