/** What callers are told: events, their types, and those who take them. */
@NullMarked
package hoopoe.event;

import org.jspecify.annotations.NullMarked;
