/** Replies and other received messages. */
@NullMarked
package hoopoe.inbox;

import org.jspecify.annotations.NullMarked;
