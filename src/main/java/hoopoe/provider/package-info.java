/**
 * The port: what every SMS provider offers, in one shape. Adapters are in packages below; no adapter knows another, and no
 * other package knows an adapter. Knows neither DynamoDB nor the API.
 */
@NullMarked
package hoopoe.provider;

import org.jspecify.annotations.NullMarked;
