package hoopoe.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers a direct invocation of a function, which does not come through the API: JSON in, JSON out, nothing thrown. */
@ApplicationScoped
public class DirectInvocation {

    private static final Logger LOG = Logger.getLogger(DirectInvocation.class);

    private final Metrics metrics;

    public DirectInvocation(Metrics metrics) {
        this.metrics = metrics;
    }

    /** The error, in the words of the problem catalogue. */
    @RegisterForReflection
    record DirectError(DirectProblem error) {}

    @RegisterForReflection
    record DirectProblem(
            String code, String detail, @Nullable List<Problem.InvalidField> errors) {}

    /** @param event read strictly as {@code type} */
    public <T> JsonNode answer(@Nullable JsonNode event, Class<T> type, Function<T, Object> work) {
        return answer(() -> work.apply(ApiJson.as(type, event == null ? NullNode.instance : event)));
    }

    /** For an event that is read already. */
    public JsonNode answer(Supplier<Object> work) {
        try {
            return ApiJson.tree(work.get());
        } catch (ProblemException e) {
            var problem = e.problem();
            var errors = problem.errors().isEmpty() ? null : problem.errors();
            return refused(new DirectProblem(problem.kind().code(), problem.detail(), errors));
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("failed: %s", SafeStackTrace.of(e));
            return refused(new DirectProblem(
                    ProblemCatalogue.INTERNAL.code(), "A fault of Hoopoe; the log says where.", null));
        } finally {
            metrics.flush();
        }
    }

    private static JsonNode refused(DirectProblem directProblem) {
        return ApiJson.tree(new DirectError(directProblem));
    }
}
