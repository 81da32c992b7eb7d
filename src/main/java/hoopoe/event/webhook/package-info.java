/** Webhooks: which addresses may be called, how an event is signed, posted and posted again. */
@NullMarked
package hoopoe.event.webhook;

import org.jspecify.annotations.NullMarked;
