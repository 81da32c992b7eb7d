/**
 * Takes events from Lambda and hands back what a function answers. Only the executable runs it: a JVM has AWS' own
 * runtime.
 */
@NullMarked
package hoopoe.platform.runtime;

import org.jspecify.annotations.NullMarked;
