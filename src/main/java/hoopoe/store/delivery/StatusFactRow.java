package hoopoe.store.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A status fact as it is packed. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusFactRow(
        @JsonProperty("s") String state,
        @JsonProperty("a") @Nullable Instant at,
        @JsonProperty("c") @Nullable String code,
        @JsonProperty("x") @Nullable String text,
        @JsonProperty("p") @Nullable String cost,
        @JsonProperty("o") String source) {

    static StatusFactRow of(StatusFact statusFact) {
        return new StatusFactRow(
                statusFact.state().label(),
                statusFact.at(),
                orNull(statusFact.code()),
                orNull(statusFact.text()),
                statusFact.cost(),
                statusFact.source().name());
    }

    StatusFact fact() {
        return new StatusFact(
                MessageState.of(state), at, orEmpty(code), orEmpty(text), cost, StatusFact.Source.valueOf(source));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
