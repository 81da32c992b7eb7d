package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretSettingsTest {

    @Test
    void whatIsSecretLeavesTheEnvironment() {
        var variables = new HashMap<>(Map.of(
                "HOOPOE_ACCOUNTS_TAIPEI_PROVIDER", "every8d",
                "HOOPOE_ACCOUNTS_TAIPEI_USER", "me",
                "HOOPOE_ACCOUNTS_TAIPEI_PASSWORD", "a \"quoted\" one",
                "HOOPOE_ACCOUNTS_TAIPEI_CALLBACK_TOKENS", "one,two",
                "HOOPOE_ACCOUNTS_BA2_BILLING_KEY", "bill",
                "HOOPOE_STORE_TABLE", "hoopoe"));

        assertThat(SecretSettings.take(variables))
                .containsOnlyKeys("taipei", "ba2")
                .containsEntry("ba2", "{\"billing_key\":\"bill\"}");
        assertThat(variables).containsOnlyKeys("HOOPOE_ACCOUNTS_TAIPEI_PROVIDER", "HOOPOE_STORE_TABLE");
    }
}
