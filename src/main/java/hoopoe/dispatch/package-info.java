/** What the table's stream calls: hands the dispatches of big batches to their provider. */
@NullMarked
package hoopoe.dispatch;

import org.jspecify.annotations.NullMarked;
