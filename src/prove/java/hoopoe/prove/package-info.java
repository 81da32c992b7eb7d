/** Proof by search: the real classes over a table in memory, by one virtual clock; one seed is one history. Test scope. */
@NullMarked
package hoopoe.prove;

import org.jspecify.annotations.NullMarked;
