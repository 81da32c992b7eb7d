package hoopoe.local.template;

import org.jspecify.annotations.Nullable;

/**
 * A {@code Schedule} or {@code ScheduleV2} event, or a schedule that is a resource by itself.
 *
 * @param expression such as {@code rate(1 minute)}; the local stack ticks in its own time
 * @param source {@code aws.events} or {@code aws.scheduler}
 * @param input the constant event, if the template gives one
 */
public record ScheduleDefinition(
        String expression, String source, @Nullable String input) {}
