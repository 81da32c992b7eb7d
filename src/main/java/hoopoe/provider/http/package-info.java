/**
 * One HTTP call to a provider: one try, one deadline, and the proof of what can have left. The only package that uses the REST
 * client.
 */
@NullMarked
package hoopoe.provider.http;

import org.jspecify.annotations.NullMarked;
