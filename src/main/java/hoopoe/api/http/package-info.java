/**
 * HTTP as the functions see it: turns an API Gateway event into a request, and a response or an exception into the answer.
 * Knows providers only by how they fail, and nothing of batches.
 */
@NullMarked
package hoopoe.api.http;

import org.jspecify.annotations.NullMarked;
