/** Lets a batch in: what of a request can be sent, and what it will cost. */
@NullMarked
package hoopoe.batch.admission;

import org.jspecify.annotations.NullMarked;
