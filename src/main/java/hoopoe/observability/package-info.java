/**
 * Logs, metrics, and their permitted content: one JSON object per line, with the correlation id of its request, and never a
 * number, a text or a secret.
 */
@NullMarked
package hoopoe.observability;

import org.jspecify.annotations.NullMarked;
