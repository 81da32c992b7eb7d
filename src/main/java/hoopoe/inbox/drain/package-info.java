/** Empties the inboxes of providers, where a message that is read is gone. */
@NullMarked
package hoopoe.inbox.drain;

import org.jspecify.annotations.NullMarked;
