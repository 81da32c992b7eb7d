/** DynamoDB: one table. The only packages that know its keys and attribute names. */
@NullMarked
package hoopoe.store;

import org.jspecify.annotations.NullMarked;
