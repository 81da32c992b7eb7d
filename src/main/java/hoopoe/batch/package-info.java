/** What the parts of a batch's life share: how a dispatch stands, what it counts, and for how long it may run. */
@NullMarked
package hoopoe.batch;

import org.jspecify.annotations.NullMarked;
