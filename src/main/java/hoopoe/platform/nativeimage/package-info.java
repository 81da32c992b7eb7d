/**
 * Substitutions that only the builder of the executable reads: they replace foreign code that no function needs to start or to
 * handle an event.
 */
@NullMarked
package hoopoe.platform.nativeimage;

import org.jspecify.annotations.NullMarked;
