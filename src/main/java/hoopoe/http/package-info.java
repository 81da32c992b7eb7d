/**
 * HTTP as the functions see it: an API Gateway event becomes a call, a reply or an exception becomes an answer. Knows
 * providers only by how they fail, and nothing of batches.
 */
@NullMarked
package hoopoe.http;

import org.jspecify.annotations.NullMarked;
