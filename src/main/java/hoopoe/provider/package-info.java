/**
 * The port: what every SMS provider offers, in one shape. Adapters live below and know nothing of each other; nobody
 * knows them. Knows neither DynamoDB nor the API.
 */
@NullMarked
package hoopoe.provider;

import org.jspecify.annotations.NullMarked;
