/** The data in DynamoDB's one table. Only these packages know its keys and attribute names. */
@NullMarked
package hoopoe.store;

import org.jspecify.annotations.NullMarked;
