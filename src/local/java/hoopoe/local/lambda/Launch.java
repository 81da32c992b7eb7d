package hoopoe.local.lambda;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a process of a function is started.
 *
 * @param root {@code LAMBDA_TASK_ROOT}: the unpacked artifact, also the working directory
 * @param variables the whole environment; nothing of this process' own gets through
 */
public record Launch(String function, Path root, List<String> command, Map<String, String> variables) {

    ProcessBuilder process(String runtimeApi) {
        var builder = new ProcessBuilder(command).directory(root.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        return builder;
    }
}
