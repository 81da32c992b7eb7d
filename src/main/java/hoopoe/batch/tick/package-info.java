/** Looks after all that is due, once a minute. */
@NullMarked
package hoopoe.batch.tick;

import org.jspecify.annotations.NullMarked;
