package hoopoe.dispatch.stream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.dispatch.DispatchId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records of the table's stream; only their keys are read, because their images are old.
 *
 * <p>{@code {"Records":[{"eventName":"INSERT","dynamodb":{"Keys":{"pk":{"S":"BATCH#…#0"},"sk":{"S":"DISPATCH#00000"}},
 * "NewImage":{…},"SequenceNumber":"100"}}]}}
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record StreamEvent(@JsonProperty("Records") @Nullable List<Inserted> records) {

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Inserted(@JsonProperty("dynamodb") @Nullable Change change) {

        /** Empty where the record is no dispatch. */
        Optional<DispatchId> dispatch() {
            return change == null || change.keys == null || change.keys.pk == null || change.keys.sk == null
                    ? Optional.empty()
                    : DispatchId.of(change.keys.pk.text(), change.keys.sk.text());
        }

        String sequenceNumber() {
            return change == null || change.sequenceNumber == null ? "" : change.sequenceNumber;
        }
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Change(
            @JsonProperty("Keys") @Nullable RecordKeys keys,
            @JsonProperty("SequenceNumber") @Nullable String sequenceNumber) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record RecordKeys(
            @JsonProperty("pk") @Nullable Value pk,
            @JsonProperty("sk") @Nullable Value sk) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Value(@JsonProperty("S") @Nullable String s) {
        private String text() {
            return s == null ? "" : s;
        }
    }

    List<Inserted> inserted() {
        return records == null ? List.of() : records;
    }
}
