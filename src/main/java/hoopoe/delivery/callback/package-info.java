/** Stores what providers push, and finds the dispatch that it is about. */
@NullMarked
package hoopoe.delivery.callback;

import org.jspecify.annotations.NullMarked;
