/**
 * HTTP as the functions see it: an API Gateway event becomes a request; a response or an exception becomes the answer.
 * Knows providers only by how they fail, and nothing of batches.
 */
@NullMarked
package hoopoe.api.http;

import org.jspecify.annotations.NullMarked;
