package hoopoe.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.message.Fact;
import hoopoe.message.MessageState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fact as it is packed. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record FactRow(
        @JsonProperty("s") String state,
        @JsonProperty("a") @Nullable Instant at,
        @JsonProperty("c") @Nullable String code,
        @JsonProperty("x") @Nullable String text,
        @JsonProperty("p") @Nullable String cost,
        @JsonProperty("o") String source) {

    static FactRow of(Fact fact) {
        return new FactRow(
                fact.state().label(),
                fact.at(),
                orNull(fact.code()),
                orNull(fact.text()),
                fact.cost(),
                fact.source().name());
    }

    Fact fact() {
        return new Fact(MessageState.of(state), at, orEmpty(code), orEmpty(text), cost, Fact.Source.valueOf(source));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
