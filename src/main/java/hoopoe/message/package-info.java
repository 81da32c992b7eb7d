/**
 * The domain's values: phone numbers, segments, states of a message and the facts that change them. Depends on the JDK only.
 */
@NullMarked
package hoopoe.message;

import org.jspecify.annotations.NullMarked;
