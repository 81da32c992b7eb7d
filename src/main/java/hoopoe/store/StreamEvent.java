package hoopoe.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.dispatch.DispatchId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records of the table's stream; only their keys are read, because their images are old.
 *
 * <p>{@code {"Records":[{"eventName":"INSERT","dynamodb":{"Keys":{"pk":{"S":"BATCH#…#0"},"sk":{"S":"DISPATCH#00000"}},
 * "NewImage":{…},"SequenceNumber":"100","ApproximateCreationDateTime":1795339800}}]}}
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record StreamEvent(@JsonProperty("Records") @Nullable List<StreamRecord> records) {

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record StreamRecord(
            @JsonProperty("dynamodb") @Nullable Change change) {

        /** Empty where the record is no dispatch. */
        public Optional<DispatchId> dispatch() {
            return DispatchId.of(pk(), sk());
        }

        /** The partition key; empty where the record has none. */
        public String pk() {
            return change == null || change.keys == null || change.keys.pk == null ? "" : change.keys.pk.text();
        }

        /** The sort key; empty where the record has none. */
        public String sk() {
            return change == null || change.keys == null || change.keys.sk == null ? "" : change.keys.sk.text();
        }

        /** When the item was written, to the second; empty where the record does not say, or says what is no time. */
        public Optional<Instant> created() {
            if (change == null || change.created == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(Instant.ofEpochSecond(change.created.longValue()));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        public String sequenceNumber() {
            return change == null || change.sequenceNumber == null ? "" : change.sequenceNumber;
        }
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Change(
            @JsonProperty("Keys") @Nullable RecordKeys keys,
            @JsonProperty("SequenceNumber") @Nullable String sequenceNumber,

            @JsonProperty("ApproximateCreationDateTime") @Nullable BigDecimal created) {}

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

    /** Never null. */
    public List<StreamRecord> all() {
        return records == null
                ? List.of()
                : records.stream().filter(Objects::nonNull).toList();
    }
}
