package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalAccountTest {

    private static final URI API = URI.create("http://127.0.0.1:3000");
    private static final String URL = "http://127.0.0.1:3002/api/v6/rest";

    private static LocalAccount account(Map<String, String> given) {
        return new LocalAccount("text421", API, given);
    }

    @Test
    void isToldAllThatItNeeds() {
        var account = account(Map.of());
        assertThat(account.callback()).hasToString("http://127.0.0.1:3000/callbacks/text421/" + account.token());
        assertThat(account.settings(URL, Map.of("from", "7401")))
                .containsEntry("hoopoe.accounts.text421.provider", "text421")
                .containsEntry("hoopoe.accounts.text421.url", URL)
                .containsEntry("hoopoe.accounts.text421.from", "7401")
                .containsEntry("hoopoe.accounts.text421.callback-tokens", account.token())
                .containsEntry("hoopoe.accounts.text421.user", account.user())
                .containsEntry("hoopoe.accounts.text421.password", account.password());
        assertThat(account.token())
                .hasSizeGreaterThanOrEqualTo(32)
                .isNotEqualTo(account(Map.of()).token());
    }

    @Test
    void makesUpNothingForAnotherServer() {
        var elsewhere = account(Map.of(
                "HOOPOE_ACCOUNTS_TEXT421_URL", "https://example.com/rest",
                "HOOPOE_ACCOUNTS_TEXT421_CALLBACK_TOKENS", "one,two"));
        assertThat(elsewhere.settings(URL, Map.of("from", "7401")))
                .containsOnlyKeys("hoopoe.accounts.text421.provider", "hoopoe.accounts.text421.callback-tokens")
                .containsEntry("hoopoe.accounts.text421.callback-tokens", "one");
    }
}
