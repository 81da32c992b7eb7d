package hoopoe.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One Lambda function.
 *
 * @param export the Funqy function it runs, and its name in the local stack
 * @param memory in MB
 * @param environment the variables whose values are known without AWS
 */
public record FunctionDefinition(
        String export,
        Duration timeout,
        int memory,
        Map<String, String> environment,
        List<RouteDefinition> routes,
        List<ScheduleDefinition> schedules,
        List<StreamDefinition> streams,
        List<QueueDefinition> queues) {

    public FunctionDefinition {
        environment = Map.copyOf(environment);
        routes = List.copyOf(routes);
        schedules = List.copyOf(schedules);
        streams = List.copyOf(streams);
        queues = List.copyOf(queues);
    }
}
