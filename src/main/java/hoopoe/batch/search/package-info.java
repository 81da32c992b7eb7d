/** Finds what was sent to a number, and received from it. */
@NullMarked
package hoopoe.batch.search;

import org.jspecify.annotations.NullMarked;
