package hoopoe.settle;

import org.jspecify.annotations.Nullable;

/**
 * An operator's word.
 *
 * @param by the key that he showed
 * @param reference under which the provider has it; null where he does not know
 * @param note his reason; null where he gave none
 */
public record Word(
        String caller,
        String by,
        @Nullable String reference,
        @Nullable String note) {}
