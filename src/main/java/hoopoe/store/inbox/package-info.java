/** Replies, and the protocol by which an inbox is emptied. */
@NullMarked
package hoopoe.store.inbox;

import org.jspecify.annotations.NullMarked;
