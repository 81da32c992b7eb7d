/** The function on the table's stream that joins callbacks and tells listeners. */
@NullMarked
package hoopoe.event.stream;

import org.jspecify.annotations.NullMarked;
