/** Settings, the options of an account, and all durations. */
@NullMarked
package hoopoe.config;

import org.jspecify.annotations.NullMarked;
