/**
 * API Gateway's part of an HTTP API (payload format 2.0): routes, events and answers. Knows nothing of what the functions
 * behind it do.
 */
@NullMarked
package hoopoe.local.gateway;

import org.jspecify.annotations.NullMarked;
