package hoopoe.provider;

import hoopoe.message.PhoneNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query for the reports of one dispatch.
 *
 * @param reference of its call: the provider's as written, or ours where we gave it
 * @param messages all of the dispatch, always in the same order, so that its pages are stable
 */
public record ReportQuery(String reference, List<QueriedMessage> messages) {

    /** @param id the provider's id of this message, from its answer; null where it gave none */
    public record QueriedMessage(PhoneNumber to, @Nullable String id) {}

    public ReportQuery {
        messages = List.copyOf(messages);
    }

    /** For a provider that finds all messages of a call by its reference. */
    public static ReportQuery of(String reference) {
        return new ReportQuery(reference, List.of());
    }

    @Override
    public String toString() {
        return "ReportQuery[" + reference + ", " + messages.size() + " messages]";
    }
}
