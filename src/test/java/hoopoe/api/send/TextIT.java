package hoopoe.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.every8d.SentBatch;
import hoopoe.local.every8d.SentMessage;
import hoopoe.testing.Api;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider reads is what the caller wrote, by every operation and both versions of SOAP. */
@ExtendWith(SharedStack.Extension.class)
class TextIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AWKWARD =
            " <b>&amp; & \"quoted\" 'too' ]]> <![CDATA[x]]> 中文，，😀 {{}} %2b+ \\n\ttab\nline ";
    private static final String OTHER = "]]>]]&gt;<!-- é € ñ 𠮷 --> \u00a0 <?xml version=\"1.0\"?> &#13; 👩‍👩‍👧‍👦";

    private final SharedStack shared;
    private final Api api;

    TextIT(SharedStack shared) {
        this.shared = shared;
        this.api = shared.api();
    }

    @ParameterizedTest
    @ValueSource(strings = {SharedStack.DEFAULT, SharedStack.MODERN})
    void ownTextsArriveCharacterForCharacter(String account) throws Exception {
        var sent = sent(
                account,
                Map.of(
                        "recipients",
                        List.of(
                                Map.of(
                                        "to",
                                        "0912345601",
                                        "text",
                                        written(AWKWARD),
                                        "name",
                                        "Ö'Neil <\"&]]>",
                                        "email",
                                        "a&b@example.org"),
                                Map.of("to", "0912345602", "text", OTHER))));

        assertThat(sent.operation()).isEqualTo("sendParamSMS");
        assertThat(sent.messages()).extracting(SentMessage::text).containsExactly(AWKWARD, OTHER);
        assertThat(sent.messages()).extracting(SentMessage::mobile).containsExactly("+886912345601", "+886912345602");
        assertThat(sent.messages()).extracting(SentMessage::name).containsExactly("Ö'Neil <\"&]]>", "");
        assertThat(sent.messages()).extracting(SentMessage::email).containsExactly("a&b@example.org", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {SharedStack.DEFAULT, SharedStack.MODERN})
    void variablesAreFilledInAsTheyAre(String account) throws Exception {
        var sent = sent(
                account,
                Map.of(
                        "text",
                        "Dear {{ name }}: {{what}}]]>",
                        "recipients",
                        List.of(
                                Map.of("to", "0912345603", "variables", Map.of("name", "<林>", "what", AWKWARD)),
                                Map.of("to", "0912345604", "variables", Map.of("name", "{{what}}", "what", "$1\\")))));

        assertThat(sent.operation()).isEqualTo("sendParamSMS");
        assertThat(sent.messages())
                .extracting(SentMessage::text)
                .containsExactly("Dear <林>: " + AWKWARD + "]]>", "Dear {{what}}: $1\\]]>");
    }

    @ParameterizedTest
    @ValueSource(strings = {SharedStack.DEFAULT, SharedStack.MODERN})
    void aTextForAllArrivesCharacterForCharacter(String account) throws Exception {
        var sent = sent(
                account,
                Map.of(
                        "text",
                        written(AWKWARD),
                        "subject",
                        "Q&A <4>",
                        "recipients",
                        List.of(Map.of("to", "0912345605"), Map.of("to", "0912345606"))));

        assertThat(sent.operation()).isEqualTo("sendSMS");
        assertThat(sent.messages()).hasSize(2).extracting(SentMessage::text).containsOnly(AWKWARD);
        assertThat(sent.subject()).startsWith("Q&A <4> #");
    }

    @ParameterizedTest
    @ValueSource(strings = {SharedStack.DEFAULT, SharedStack.MODERN})
    void aValidityGoesOutInMinutesRoundedUp(String account) throws Exception {
        var sent = sent(
                account,
                Map.of("text", OTHER, "validity_seconds", 61, "recipients", List.of(Map.of("to", "0912345607"))));

        assertThat(sent.operation()).isEqualTo("sendMessage");
        assertThat(sent.retryTime()).isEqualTo("2");
        assertThat(sent.messages()).extracting(SentMessage::text).containsExactly(OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {SharedStack.DEFAULT})
    void anotherKindOfLineEndIsOneCharacter(String account) throws Exception {
        var sent = sent(account, Map.of("recipients", List.of(Map.of("to", "0912345608", "text", "a\r\nb\n\r\nc"))));

        assertThat(sent.messages()).extracting(SentMessage::text).containsExactly("a\nb\n\nc");
    }

    /** Two braces that open no placeholder are written as four. */
    private static String written(String text) {
        return text.replace("{{", "{{{{");
    }

    private SentBatch sent(String account, Map<String, Object> request) throws Exception {
        var body = new java.util.LinkedHashMap<>(request);
        body.put("account", account);
        var answer = api.send(JSON.writeValueAsString(body));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        assertThat(answer.as(JsonNode.class).path("invalid")).isEmpty();
        var reference = api.batch(answer.jsonPath().getString("id"))
                .at("/dispatches/0/reference")
                .asText();
        return tenant(account).every8d().batch(reference).orElseThrow();
    }

    private Tenant tenant(String account) {
        return shared.tenant(account);
    }
}
