/** Stores the callbacks of providers, and finds the dispatch that each is about. */
@NullMarked
package hoopoe.delivery.callback;

import org.jspecify.annotations.NullMarked;
