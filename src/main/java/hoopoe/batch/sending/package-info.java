/** Claims dispatches, and calls the provider once for each. */
@NullMarked
package hoopoe.batch.sending;

import org.jspecify.annotations.NullMarked;
