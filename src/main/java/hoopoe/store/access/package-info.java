/** API keys. */
@NullMarked
package hoopoe.store.access;

import org.jspecify.annotations.NullMarked;
