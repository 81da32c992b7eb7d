/**
 * Logs, metrics, and what may stand in them: one JSON object a line, with the correlation id of its request, and never
 * a number, a text or a secret.
 */
@NullMarked
package hoopoe.observability;

import org.jspecify.annotations.NullMarked;
