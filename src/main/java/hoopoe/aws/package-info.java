/** Calls of AWS services by their JSON protocol. DynamoDB has the SDK's own client, in {@link hoopoe.store.table}. */
@NullMarked
package hoopoe.aws;

import org.jspecify.annotations.NullMarked;
