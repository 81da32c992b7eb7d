package hoopoe.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberSuggestionTest {

    private static final List<Object> BATCH = List.of(
            "account",
            "text",
            "subject",
            "send_at",
            "validity_seconds",
            "reference",
            "binary",
            "recipients",
            "dry_run");
    private static final List<Object> RECIPIENT =
            List.of("to", "text", "variables", "name", "email", "send_at", "reference", "received_id");

    @ParameterizedTest
    @CsvSource({
        "from, account",
        "provider, account",
        "sender, account",
        "body, text",
        "message, text",
        "Content, text",
        "phone, recipients",
        "to, recipients",
        "recipient, recipients",
        "sendAt, send_at",
        "send-at, send_at",
        "SEND_AT, send_at",
        "sendtime, send_at",
        "validity, validity_seconds",
        "recipents, recipients",
        "acount, account",
        "txt, text",
        "dryRun, dry_run"
    })
    void aMemberOfABatchIsMeant(String name, String meant) {
        assertThat(MemberSuggestion.hint(name, BATCH)).isEqualTo("; did you mean \"" + meant + "\"?");
    }

    @ParameterizedTest
    @CsvSource({
        "phone, to",
        "phoneNumber, to",
        "msisdn, to",
        "body, text",
        "rcv_msg_id, received_id",
        "externalId, reference",
        "e-mail, email",
        "params, variables"
    })
    void aMemberOfARecipientIsMeant(String name, String meant) {
        assertThat(MemberSuggestion.hint(name, RECIPIENT)).isEqualTo("; did you mean \"" + meant + "\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"callback_url", "webhook", "statusCallback"})
    void whereToBeCalledIsNoMember(String name) {
        assertThat(MemberSuggestion.hint(name, BATCH)).isEqualTo(": GET /v1/batches/{id} tells what became of it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xyz", "priority", "___", "短信", "from_a_very_long_name_that_nobody_ever_means"})
    void whereNobodyCanTellNothingIsHinted(String name) {
        assertThat(MemberSuggestion.hint(name, BATCH)).isEqualTo(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "validity"})
    void onlyWhatExistsThereIsHinted(String name) {
        assertThat(MemberSuggestion.hint(name, RECIPIENT)).isEqualTo(".");
    }
}
