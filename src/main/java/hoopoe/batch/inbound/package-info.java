/** What providers tell by themselves: callbacks, and the messages of inboxes. */
@NullMarked
package hoopoe.batch.inbound;

import org.jspecify.annotations.NullMarked;
