/** Empties the inboxes of providers, where reading a message deletes it. */
@NullMarked
package hoopoe.inbox.drain;

import org.jspecify.annotations.NullMarked;
