/** The words of the trade: numbers, segments, states and the facts that move them. Knows nothing but {@code java.*}. */
@NullMarked
package hoopoe.message;

import org.jspecify.annotations.NullMarked;
