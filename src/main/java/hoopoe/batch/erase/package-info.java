/** Forgets people: takes numbers and texts out of what is stored. */
@NullMarked
package hoopoe.batch.erase;

import org.jspecify.annotations.NullMarked;
