/** DynamoDB Local in this process, and AWS' delivery of a table's stream. Knows nothing of the items' meaning. */
@NullMarked
package hoopoe.local.dynamo;

import org.jspecify.annotations.NullMarked;
