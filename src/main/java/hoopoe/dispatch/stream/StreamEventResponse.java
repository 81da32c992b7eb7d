package hoopoe.dispatch.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Which records the stream shall hand over again; none where all were looked after. */
@RegisterForReflection
record StreamEventResponse(
        @JsonProperty("batchItemFailures") List<BatchItemFailure> failures) {

    /** @param record its sequence number */
    @RegisterForReflection
    record BatchItemFailure(@JsonProperty("itemIdentifier") String record) {}
}
