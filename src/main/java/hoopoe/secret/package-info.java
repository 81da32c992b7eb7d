/** Where an account's credentials and callback tokens come from. Knows neither providers nor the store. */
@NullMarked
package hoopoe.secret;

import org.jspecify.annotations.NullMarked;
