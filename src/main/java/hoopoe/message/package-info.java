/**
 * The domain's values: phone numbers, segments, states of a message and the facts that change them. Depends on the
 * JDK, and on annotations of Jackson and Quarkus.
 */
@NullMarked
package hoopoe.message;

import org.jspecify.annotations.NullMarked;
