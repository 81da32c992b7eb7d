package hoopoe.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemCatalogueTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_json",
                "invalid_request",
                "unknown_field",
                "invalid_number",
                "number_not_supported",
                "duplicate_recipient",
                "account_required",
                "text_empty",
                "text_too_long",
                "text_not_encodable",
                "too_many_recipients",
                "payload_too_large",
                "send_at_past",
                "send_at_format",
                "send_at_too_far",
                "validity_out_of_range",
                "variable_missing",
                "variable_unused",
                "placeholder_invalid",
                "received_id_used",
                "received_id_of_other_number",
                "not_supported_by_provider",
                "batch_not_found",
                "account_not_found",
                "too_late_to_cancel",
                "provider_unavailable",
                "provider_malformed",
                "provider_refused",
                "provider_busy",
                "forbidden_scope",
                "internal"
            })
    void everyPromisedCodeIsThere(String code) {
        assertThat(ProblemCatalogue.of(code)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void everyProblemIsComplete(ProblemCatalogue problem) {
        assertThat(problem.code()).matches("[a-z]+(_[a-z]+)*");
        assertThat(problem.status()).isBetween(400, 599);
        assertThat(problem.title()).isNotBlank().doesNotEndWith(".");
        assertThat(problem.meaning()).endsWith(".");
        assertThat(problem.remedy()).endsWith(".");
    }

    /** A client obeys the flag, a person the text: both do the same. */
    @ParameterizedTest
    @EnumSource
    void theRemedySaysRepeatWhereTheFlagDoes(ProblemCatalogue problem) {
        assertThat(problem.remedy().startsWith("Repeat the call")
                        && problem.remedy().contains("after the time in Retry-After"))
                .as(problem.remedy())
                .isEqualTo(problem.retryable());
        assertThat(problem.retryable()
                        || !problem.remedy().matches("(?is).*\\b(repeat|retry|try|come back|later)\\b.*"))
                .as(problem.remedy())
                .isTrue();
    }

    @Test
    void whatCanSucceedLaterIsWorthRepeating() {
        assertThat(Arrays.stream(ProblemCatalogue.values())
                        .filter(ProblemCatalogue::retryable)
                        .map(ProblemCatalogue::code))
                .containsExactlyInAnyOrder(
                        "idempotency_in_progress",
                        "too_early_to_resend",
                        "internal",
                        "provider_malformed",
                        "provider_refused",
                        "contended",
                        "account_misconfigured",
                        "provider_unavailable",
                        "provider_busy");
    }
}
