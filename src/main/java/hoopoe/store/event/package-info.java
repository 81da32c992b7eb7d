/** Who is told of events, and what they were told. */
@NullMarked
package hoopoe.store.event;

import org.jspecify.annotations.NullMarked;
