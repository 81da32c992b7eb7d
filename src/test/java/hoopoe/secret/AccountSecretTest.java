package hoopoe.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountSecretTest {

    private static AccountSecret read(String json) {
        return AccountSecret.read(json, "v1").orElseThrow();
    }

    @Test
    void allMembersAreRead() {
        var secret = read("""
                {"user": "me", "password": "canary, with a comma", "billing_key": "bill", "callback_tokens": ["old", " new ", ""],
                 "rotated_by": {"whom": ["it", "may", "concern"]}}
                """);

        assertThat(secret.credentials()).hasValue(new Credentials("me", "canary, with a comma", "bill", "v1"));
        assertThat(secret.callbackTokens()).containsExactly("old", "new");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'{}'|''", "'\"\"'|''", "'\"one\"'|one", "'\" one, two,\"'|one;two", "[]|''", "'[\"a,b\"]'|'a,b'"})
    void tokensAreAnArrayOrATextWithCommas(String written, String read) {
        var json = written.equals("{}") ? "{}" : "{\"callback_tokens\": " + written + "}";

        assertThat(read(json).callbackTokens()).isEqualTo(read.isEmpty() ? List.of() : List.of(read.split(";")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"user\": \"me\"}",
                "{\"password\": \"canary\"}",
                "{\"user\": \"\", \"password\": \"canary\"}",
                "{\"callback_tokens\": [\"one\"]}"
            })
    void credentialsAreBothOrNone(String json) {
        assertThat(read(json).credentials()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "\"canary\"",
                "[]",
                "null",
                "{\"user\": \"me\", \"password\": \"canary\"",
                "{\"user\": \"me\", \"password\": 12345678}",
                "{\"user\": null, \"password\": \"canary\"}",
                "{\"user\": \"me\", \"password\": \"canary\", \"billing_key\": {}}",
                "{\"user\": \"me\", \"password\": \"canary\", \"callback_tokens\": [1]}",
                "{\"user\": \"me\", \"password\": \"canary\", \"callback_tokens\": {\"a\": \"b\"}}"
            })
    void whatIsNoObjectOfTextsIsNoSecret(String json) {
        assertThat(AccountSecret.read(json, "v1")).isEmpty();
    }

    @Test
    void nothingPrintsIt() {
        assertThat(read("{\"user\": \"me\", \"password\": \"canary\"}").toString())
                .doesNotContain("canary")
                .doesNotContain("me");
    }
}
