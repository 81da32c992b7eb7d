package hoopoe.dispatch.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The records that the stream shall deliver again; none where all were processed. */
@RegisterForReflection
record StreamEventResponse(
        @JsonProperty("batchItemFailures") List<BatchItemFailure> failures) {

    /** @param record its sequence number */
    @RegisterForReflection
    record BatchItemFailure(@JsonProperty("itemIdentifier") String record) {}
}
