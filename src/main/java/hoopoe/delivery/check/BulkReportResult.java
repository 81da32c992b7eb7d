package hoopoe.delivery.check;

import hoopoe.provider.ProviderException;
import hoopoe.provider.ReportPage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider reported on several dispatches in one call, before each of them is checked.
 *
 * @param asked the references that were polled for
 * @param failure why there is no answer; null where there is one
 */
public record BulkReportResult(
        Set<String> asked,
        Map<String, ReportPage> pages,
        @Nullable ProviderException failure) {

    public static final BulkReportResult NOTHING = new BulkReportResult(Set.of(), Map.of(), null);

    /**
     * Empty where this reference was not polled for.
     *
     * @throws ProviderException where it was, and the provider did not answer
     */
    Optional<ReportPage> of(String reference) {
        if (!asked.contains(reference)) {
            return Optional.empty();
        } else if (failure != null) {
            throw failure;
        }
        return Optional.of(pages.getOrDefault(reference, new ReportPage(0, List.of(), false)));
    }
}
