/** The function on the table's stream: sends new dispatches of big batches. */
@NullMarked
package hoopoe.dispatch.stream;

import org.jspecify.annotations.NullMarked;
