/**
 * What Quarkus, the JDK or the executable lacks: the clock, workers, and replacements of foreign code that no
 * function's start or event need run.
 */
@NullMarked
package hoopoe.platform;

import org.jspecify.annotations.NullMarked;
