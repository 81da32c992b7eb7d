/** The function {@code poll}, run each minute: reads due items and gives each account its fair share of calls. */
@NullMarked
package hoopoe.schedule;

import org.jspecify.annotations.NullMarked;
