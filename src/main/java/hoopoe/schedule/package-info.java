/** The function that the clock calls each minute: reads due items and gives each account its fair share of workers. */
@NullMarked
package hoopoe.schedule;

import org.jspecify.annotations.NullMarked;
