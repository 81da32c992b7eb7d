/** Settings, the options of an account, and every duration. */
@NullMarked
package hoopoe.config;

import org.jspecify.annotations.NullMarked;
