package hoopoe.batch.create;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.provider.Points;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Segments and estimated points of a batch, fixed when it is created; only the provider's count is exact.
 *
 * @param segments of all messages
 * @param low points by the cheaper reading of the provider's rules; null where its prices are not known
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchEstimate(
        @JsonProperty("segments") int segments,

        @JsonProperty("low") @Nullable Points low,

        @JsonProperty("high") @Nullable Points high,

        @JsonProperty("classes") List<OfClass> classes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param name {@code domestic} or {@code international} */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfClass(
            @JsonProperty("class") String name,
            @JsonProperty("recipients") int recipients,
            @JsonProperty("segments") int segments,

            @JsonProperty("low") @Nullable Points low,

            @JsonProperty("high") @Nullable Points high) {}

    /** {@code {"segments":2,"low":{"unit":"points","amount":"2.0"},…,"classes":[{"class":"domestic","recipients":2,…}]}} */
    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can be written", e);
        }
    }

    /** @param json as the batch stores it */
    public static BatchEstimate read(String json) {
        try {
            return JSON.readValue(json, BatchEstimate.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a damaged summary", e);
        }
    }
}
