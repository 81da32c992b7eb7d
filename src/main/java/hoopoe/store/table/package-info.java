/** The engine: conditional writes, transactions and strong reads of one table. Knows nothing of SMS. */
@NullMarked
package hoopoe.store.table;

import org.jspecify.annotations.NullMarked;
