package hoopoe.dispatch.decision;

import org.jspecify.annotations.Nullable;

/**
 * An operator decision, as requested.
 *
 * @param by the operator's key, never its secret
 * @param reference the provider's; null where the operator does not know it
 * @param note the operator's reason; null where they gave none
 */
public record OperatorDecision(
        String caller,
        String by,
        @Nullable String reference,
        @Nullable String note) {}
