/** The function on the table's stream: hands new dispatches of big batches to their provider. */
@NullMarked
package hoopoe.dispatch.stream;

import org.jspecify.annotations.NullMarked;
