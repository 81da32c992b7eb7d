package hoopoe.batch.create;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.account.Account;
import hoopoe.message.PhoneNumber;
import hoopoe.message.Segments;
import hoopoe.platform.Json;
import hoopoe.provider.Points;
import hoopoe.provider.PriceEstimate;
import hoopoe.provider.SmsProvider;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        return Json.text(this);
    }

    /** @param json as the batch stores it */
    public static BatchEstimate read(String json) {
        return Json.read(json, BatchEstimate.class);
    }

    /** Adds up segments and points by recipient class. */
    static final class PriceCalculator {

        private final SmsProvider provider;
        private final Account account;
        private final boolean binary;
        private final Map<String, Sum> classes = new TreeMap<>();
        private String lastText = "";
        private int lastParts;

        /** @param binary whether texts are hexadecimal digits */
        PriceCalculator(SmsProvider provider, Account account, boolean binary) {
            this.binary = binary;
            this.provider = provider;
            this.account = account;
        }

        void add(PhoneNumber to, String text) {
            var priceEstimate = provider.estimate(account, to, text);
            classes.merge(priceEstimate.recipientClass(), Sum.one(priceEstimate, parts(text)), Sum::plus);
        }

        BatchEstimate summary() {
            var all = classes.values().stream().reduce(Sum.NOTHING, Sum::plus);
            return new BatchEstimate(
                    all.segments(),
                    Points.orNull(all.low()),
                    Points.orNull(all.high()),
                    classes.entrySet().stream()
                            .map(some -> some.getValue().of(some.getKey()))
                            .toList());
        }

        /** Keeps the last result: most batches have one text. */
        private int parts(String text) {
            if (!text.equals(lastText)) {
                lastText = text;
                lastParts = binary
                        ? Segments.ofBytes(text.length() / 2)
                        : Segments.of(text).parts();
            }
            return lastParts;
        }

        /** Points are null where a price is not known. */
        private record Sum(
                int recipients,
                int segments,
                @Nullable BigDecimal low,
                @Nullable BigDecimal high) {

            private static final Sum NOTHING = new Sum(0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

            static Sum one(PriceEstimate priceEstimate, int parts) {
                return new Sum(1, parts, priceEstimate.low(), priceEstimate.high());
            }

            Sum plus(Sum other) {
                return new Sum(
                        recipients + other.recipients,
                        segments + other.segments,
                        sum(low, other.low),
                        sum(high, other.high));
            }

            private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
                return one == null || other == null ? null : one.add(other);
            }

            OfClass of(String name) {
                return new OfClass(name, recipients, segments, Points.orNull(low), Points.orNull(high));
            }
        }
    }
}
