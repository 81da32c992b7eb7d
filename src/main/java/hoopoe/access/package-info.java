/** API keys, grants and scopes: which caller calls and what they may do. Knows neither HTTP nor the table. */
@NullMarked
package hoopoe.access;

import org.jspecify.annotations.NullMarked;
