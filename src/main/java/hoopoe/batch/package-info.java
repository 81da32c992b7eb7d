/** A batch and its recipients, as they are stored. */
@NullMarked
package hoopoe.batch;

import org.jspecify.annotations.NullMarked;
