/** DynamoDB Local in this process, and what AWS does with a table's stream. Knows nothing of what the items mean. */
@NullMarked
package hoopoe.local.dynamo;

import org.jspecify.annotations.NullMarked;
