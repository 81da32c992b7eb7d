/** What is known of dispatches that were sent: joins what is said of them, asks for more, settles what stays open. */
@NullMarked
package hoopoe.batch.check;

import org.jspecify.annotations.NullMarked;
