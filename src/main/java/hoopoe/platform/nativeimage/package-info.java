/**
 * What only the builder of the executable reads: replacements of foreign code that no function's start or event need
 * run.
 */
@NullMarked
package hoopoe.platform.nativeimage;

import org.jspecify.annotations.NullMarked;
