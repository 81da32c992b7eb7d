/** API keys, grants and scopes: who calls and what they may do. Knows neither HTTP nor where keys are kept. */
@NullMarked
package hoopoe.access;

import org.jspecify.annotations.NullMarked;
