package hoopoe.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.Trace;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": canary                                   | no object of objects of texts, line 1 column 7
            canary                                         | no object of objects of texts, line 1 column 1
            ["canary"]                                     | no object of objects of texts, line 1 column 1
            {"a": "canary"}                                | no object of objects of texts, at account a, line 1 column 7
            {"a": {}, "b": {"url": {"password": "canary"}}}| no object of objects of texts, at account b, line 1 column 24
            {"canary canary": "x"}                         | no object of objects of texts, line 1 column 19
            {"a": {}, "Canary": {}}                        | the name of account 2 of 2 does not match [a-z][a-z0-9]{0,30}
            {"a": null}                                    | account a is null
            """)
    void brokenJsonIsLoggedByPlaceAndNotByWhatStandsThere(String json, String why) {
        assertThatThrownBy(() -> accounts(properties(Map.of("hoopoe.accounts-json", json))))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(broken -> assertThat(Trace.of(broken))
                        .contains("hoopoe.accounts-json: " + why + " at hoopoe.")
                        .doesNotContainIgnoringCase("canary"));
    }
}
