/** The source of an account's credentials and callback tokens. Knows neither providers nor the store. */
@NullMarked
package hoopoe.secret;

import org.jspecify.annotations.NullMarked;
