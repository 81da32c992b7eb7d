package hoopoe.store;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer that named a reference.
 *
 * @param provider its type
 * @param reference as written
 * @param sure whether the provider took it; else it may have, and the dispatch is {@code unconfirmed} with a reference to ask
 * @param code a note, or the code that makes it unsure; null for none
 * @param cost points taken; null where not said
 * @param at when it came
 */
public record Answer(
        String provider,
        String account,
        String reference,
        boolean sure,
        @Nullable String code,
        @Nullable String text,
        @Nullable BigDecimal cost,
        int unsent,
        Instant at) {}
