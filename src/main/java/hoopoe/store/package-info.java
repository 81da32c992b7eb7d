/** DynamoDB: one table, and the only package that knows its keys and attribute names. */
@NullMarked
package hoopoe.store;

import org.jspecify.annotations.NullMarked;
