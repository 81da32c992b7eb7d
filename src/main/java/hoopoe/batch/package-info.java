/** What the functions share: admitting a batch, dispatching it, joining what is said of it. Knows the store and the port. */
@NullMarked
package hoopoe.batch;

import org.jspecify.annotations.NullMarked;
