package hoopoe.dispatch;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Which records the stream shall hand over again; none where all were looked after. */
@RegisterForReflection
record StreamReply(@JsonProperty("batchItemFailures") List<Failure> failures) {

    /** @param record its sequence number */
    @RegisterForReflection
    record Failure(@JsonProperty("itemIdentifier") String record) {}
}
