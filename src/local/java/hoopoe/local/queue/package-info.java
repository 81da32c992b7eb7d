/** Amazon SQS on the loopback address: ElasticMQ behind our own signatures and permissions, and the mapping from a queue to a function. */
@NullMarked
package hoopoe.local.queue;

import org.jspecify.annotations.NullMarked;
