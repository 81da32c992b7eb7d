package hoopoe.dispatch.decision;

import org.jspecify.annotations.Nullable;

/**
 * An operator's word.
 *
 * @param by the key that they showed
 * @param reference under which the provider has it; null where they do not know
 * @param note their reason; null where they gave none
 */
public record OperatorDecision(
        String caller,
        String by,
        @Nullable String reference,
        @Nullable String note) {}
