/** Creates, lists and revokes API keys. */
@NullMarked
package hoopoe.api.keys;

import org.jspecify.annotations.NullMarked;
