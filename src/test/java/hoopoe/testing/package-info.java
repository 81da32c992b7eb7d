/** The few doubles that tests of several packages share. */
@NullMarked
package hoopoe.testing;

import org.jspecify.annotations.NullMarked;
