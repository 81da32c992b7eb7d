/** Log lines: one JSON object each, with the correlation id of the request they are about. */
@NullMarked
package hoopoe.log;

import org.jspecify.annotations.NullMarked;
