/**
 * HTTP as the functions see it: turns an API Gateway event into a request, and a response or an exception into the answer.
 * Of
 * providers it knows only how they fail, and of batches only their idempotency keys.
 */
@NullMarked
package hoopoe.api.http;

import org.jspecify.annotations.NullMarked;
