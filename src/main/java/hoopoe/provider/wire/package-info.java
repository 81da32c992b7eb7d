/**
 * One HTTP call to a provider: one try, one deadline, and the truth about what can have left. The only package that
 * knows the REST client. Knows neither SOAP nor any provider.
 */
@NullMarked
package hoopoe.provider.wire;

import org.jspecify.annotations.NullMarked;
