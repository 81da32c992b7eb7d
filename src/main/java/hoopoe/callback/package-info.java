/** What providers call: delivery reports, replies, received SMS. */
@NullMarked
package hoopoe.callback;

import org.jspecify.annotations.NullMarked;
