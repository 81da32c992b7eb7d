/**
 * What only the builder of the executable reads: classes that are reached by reflection, and replacements of foreign code that a
 * function's start need not run.
 */
@NullMarked
package hoopoe.nativeimage;

import org.jspecify.annotations.NullMarked;
