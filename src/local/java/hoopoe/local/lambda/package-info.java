/**
 * Lambda's part of running {@code function.zip}: environments, one event at a time, fed through the Runtime API. Knows nothing of
 * HTTP, schedules and streams.
 */
@NullMarked
package hoopoe.local.lambda;

import org.jspecify.annotations.NullMarked;
