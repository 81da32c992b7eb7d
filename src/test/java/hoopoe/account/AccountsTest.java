package hoopoe.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import hoopoe.config.AccountOption;
import hoopoe.observability.SafeStackTrace;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {

    private static Accounts accounts(ConfigSource... sources) {
        return new Accounts(new SmallRyeConfigBuilder().withSources(sources).build());
    }

    private static ConfigSource properties(Map<String, String> properties) {
        return new PropertiesConfigSource(properties, "test", 100);
    }

    @Test
    void anAccountIsReadFromProperties() {
        var accounts = accounts(properties(Map.of(
                "hoopoe.accounts.taipei.provider", "every8d",
                "hoopoe.accounts.taipei.url", "http://127.0.0.1:1/x",
                "hoopoe.accounts.taipei.password", "canary")));
        var account = accounts.find("taipei").orElseThrow();
        assertThat(account.provider()).isEqualTo("every8d");
        assertThat(account.url()).hasToString("Optional[http://127.0.0.1:1/x]");
        assertThat(account.option(AccountOption.SOAP_VERSION)).isEqualTo("1.1");
        assertThat(account.options().toString()).doesNotContain("canary");
    }

    @Test
    void anAccountIsReadFromTheEnvironment() {
        var accounts = accounts(new EnvConfigSource(
                Map.of("HOOPOE_ACCOUNTS_TAIPEI_PROVIDER", "every8d", "HOOPOE_ACCOUNTS_TAIPEI_SOAP_VERSION", "1.2"),
                300));
        assertThat(accounts.find("taipei").orElseThrow().option(AccountOption.SOAP_VERSION))
                .isEqualTo("1.2");
    }

    @Test
    void oneJsonParameterHoldsThemAllAndASingleSettingWins() {
        var accounts = accounts(properties(Map.of(
                "hoopoe.accounts-json",
                "{\"a\":{\"provider\":\"every8d\",\"dispatch-size\":\"700\"},\"b\":{\"provider\":\"every8d\"}}",
                "hoopoe.accounts.a.dispatch-size",
                "900",
                "hoopoe.default-account",
                "b")));
        assertThat(accounts.all()).extracting(Account::name).containsExactly("a", "b");
        assertThat(accounts.find("a").orElseThrow().option(AccountOption.DISPATCH_SIZE, 500))
                .isEqualTo(900);
        assertThat(accounts.defaultAccount()).map(Account::name).contains("b");
    }

    @Test
    void theOnlyAccountIsTheDefaultAndOfTwoNone() {
        assertThat(accounts(properties(Map.of("hoopoe.accounts.a.provider", "every8d")))
                        .defaultAccount())
                .isPresent();
        assertThat(accounts(properties(Map.of(
                                "hoopoe.accounts.a.provider", "every8d", "hoopoe.accounts.b.provider", "every8d")))
                        .defaultAccount())
                .isEmpty();
    }

    /** What is wrong with it, {@code ProvidersTest} knows. */
    @Test
    void aMistakeInOneAccountIsItsOwn() {
        var accounts = accounts(properties(Map.of("hoopoe.accounts-json", """
                {"sound": {"provider": "every8d", "dispatch-size": 700},
                 "without": {"dispatch-size": "700"},
                 "nested": {"provider": "every8d", "from": {"a": "b"}},
                 "text": "every8d",
                 "null": null,
                 "nothing": {"provider": "every8d", "simulated": null},
                 "Big Name": {"provider": "every8d"},
                 "elsewhere": {"provider": "every8d", "url": "not a url"}}""")));

        assertThat(accounts.all()).hasSize(7);
        assertThat(accounts.find("sound").orElseThrow().option(AccountOption.DISPATCH_SIZE, 500))
                .isEqualTo(700);
        assertThat(accounts.find("sound").orElseThrow().objection()).isEmpty();
        assertThat(Stream.of("without", "nested", "text", "null")
                        .map(name -> accounts.find(name).orElseThrow()))
                .extracting(Account::provider)
                .containsOnly("");
        assertThat(accounts.find("nothing").orElseThrow().objection()).isPresent();
        assertThat(accounts.find("Big Name")).isEmpty();
        assertThat(accounts.find("elsewhere").orElseThrow().url()).contains(URI.create(""));
    }

    @Test
    void aSettingThatNoAccountHasIsAMistakeOfThatAccountAndNamedWithoutItsValue() {
        var accounts = accounts(
                properties(Map.of(
                        "hoopoe.accounts-json", """
                        {"json": {"provider": "every8d", "typo": "canary"},
                         "spelling": {"provider": "every8d", "soap_version": "canary"},
                         "secret": {"provider": "text421", "billing_key": "canary", "user": "canary"},
                         "plain": {"provider": "text421", "from": "1"}}""",
                        "hoopoe.accounts.dotted.provider", "every8d",
                        "hoopoe.accounts.dotted.pasword", "canary",
                        "hoopoe.accounts.dotted.user", "somebody")),
                new EnvConfigSource(
                        Map.of(
                                "HOOPOE_ACCOUNTS_PLAIN_USER", "somebody",
                                "HOOPOE_ACCOUNTS_PLAIN_PASSWORD", "canary",
                                "HOOPOE_ACCOUNTS_PLAIN_BILLING_KEY", "canary",
                                "HOOPOE_ACCOUNTS_PLAIN_CALLBACK_TOKENS", "canary",
                                "HOOPOE_ACCOUNTS_PLAIN_DISPATCH_SIZE", "1",
                                "HOOPOE_ACCOUNTS_VARIABLE_PROVIDER", "every8d",
                                "HOOPOE_ACCOUNTS_VARIABLE_SOAPVERSION", "canary"),
                        300));

        assertThat(accounts.all())
                .extracting(Account::name, Account::objection)
                .containsExactly(
                        tuple("dotted", Optional.of("no account has a setting pasword")),
                        tuple("json", Optional.of("no account has a setting typo")),
                        tuple("plain", Optional.empty()),
                        tuple("secret", Optional.of("no account has a setting billing_key, user")),
                        tuple("spelling", Optional.of("no account has a setting soap_version")),
                        tuple("variable", Optional.of("no account has a setting soapversion")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": canary                                   | no object of objects of texts, line 1 column 7
            canary                                         | no object of objects of texts, line 1 column 1
            ["canary"]                                     | no object of objects of texts, line 1 column 1
            """)
    void brokenJsonIsLoggedByPlaceAndNotByWhatStandsThere(String json, String why) {
        assertThatThrownBy(() -> accounts(properties(Map.of("hoopoe.accounts-json", json))))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(broken -> assertThat(SafeStackTrace.of(broken))
                        .contains("hoopoe.accounts-json: " + why + " at hoopoe.")
                        .doesNotContainIgnoringCase("canary"));
    }
}
