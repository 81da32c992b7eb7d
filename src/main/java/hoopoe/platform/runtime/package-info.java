/** Takes events from Lambda and returns the function's answers. Only the executable runs it: on a JVM AWS' own runtime does. */
@NullMarked
package hoopoe.platform.runtime;

import org.jspecify.annotations.NullMarked;
