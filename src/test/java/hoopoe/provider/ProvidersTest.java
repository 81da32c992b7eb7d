package hoopoe.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.account.Account;
import hoopoe.config.AccountOption;
import hoopoe.observability.Metric;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.Mailbox;
import hoopoe.testing.MetricLog;
import hoopoe.testing.MovableClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersTest {

    private final MovableClock clock = MovableClock.at("2026-03-01T04:00:00Z");
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(28), clock);
    private final MetricLog told = new MetricLog(clock);
    private final FakeProvider fake = new FakeProvider();
    private final Providers providers = new Providers(Stream.of(fake), told.metrics());
    private final Account misspelt = new Account("main", "fkae", Optional.empty(), Map.of(), Set.of());

    private static Account with(AccountOption option, String set) {
        return new Account("main", FakeProvider.TYPE, Optional.empty(), Map.of(option, set), Set.of());
    }

    @ParameterizedTest
    @CsvSource({
        "SIMULATED, yes, simulated is true or false",
        "SIMULATED, '', simulated is true or false",
        "LENIENT_XML, TRUE, lenient-xml is true or false",
        "TRANSLITERATE, 1, transliterate is true or false",
        "DISPATCH_SIZE, canary, dispatch-size is a whole number from 1 on",
        "DISPATCH_SIZE, 0, dispatch-size is a whole number from 1 on",
        "DISPATCH_SIZE, -5, dispatch-size is a whole number from 1 on",
        "DISPATCH_SIZE, 99999999999, dispatch-size is a whole number from 1 on",
        "DISPATCH_SIZE, 1e2, dispatch-size is a whole number from 1 on",
        "SOAP_ACTION, 'a\u0001b', soap-action is printable characters of ASCII",
        "FROM, '3000\u200e', from is printable characters of ASCII",
    })
    void aSettingOfAWrongFormIsToldAndNotRepeated(AccountOption option, String set, String words) {
        var unescaped = set.replace("\\u0001", "\u0001").replace("\\u200e", "\u200e");

        assertThat(providers.objection(with(option, unescaped))).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "SIMULATED, true",
        "SIMULATED, false",
        "DISPATCH_SIZE, 1",
        "DISPATCH_SIZE, 2000",
        "SOAP_ACTION, urn:x#%s"
    })
    void aSettingOfItsFormIsTaken(AccountOption option, String set) {
        assertThat(providers.objection(with(option, set))).isEmpty();
    }

    @Test
    void aProviderThatNobodyKnowsIsToldByThoseThatThereAre() {
        assertThat(providers.objection(misspelt)).contains("provider is one of fake");
    }

    @Test
    void whatAnAdapterObjectsToIsToldToo() {
        fake.objectingToSettings(account -> Optional.of("from is missing"));

        assertThat(providers.objection(with(AccountOption.SIMULATED, "true"))).contains("from is missing");
    }

    @Test
    void nothingIsAskedForAnAccountThatIsMisconfigured() {
        var nobody = providers.of(misspelt);

        assertThat(nobody.ready(misspelt, deadline))
                .isEqualTo(new Readiness.Blocked("misconfigured", "provider is one of fake"));
        assertThatThrownBy(() -> nobody.credit(misspelt, deadline))
                .isInstanceOf(ProviderException.AccountMisconfigured.class);
        assertThatThrownBy(() -> nobody.report(misspelt, ReportQuery.of("ref"), 1, deadline))
                .isInstanceOf(ProviderException.AccountMisconfigured.class);
        assertThatThrownBy(() -> nobody.erase(misspelt, "ref", deadline))
                .isInstanceOf(ProviderException.AccountMisconfigured.class);
        assertThat(told.sum(Metric.ACCOUNT_REFUSALS)).isEqualTo(4);
    }

    /** An inbox is not emptied: no adapter could read its messages. */
    @Test
    void whatTheProviderCannotDoIsNotPromisedForWrongSettings() {
        fake.mailbox(new Mailbox(1)).without(Feature.CANCEL);
        var wrong = with(AccountOption.DISPATCH_SIZE, "many");

        assertThat(providers.of(wrong).capabilities(wrong).features())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Feature.CANCEL, Feature.INBOX)));
        assertThat(providers.of(misspelt).capabilities(misspelt).features())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Feature.INBOX)));
    }

    /** It comes only so often, and needs no other setting than the provider's name. */
    @Test
    void aCallbackIsReadWhereTheProviderIsKnown() {
        var request = fake.request(new CallbackContent.UnreadableCallback("fake"));
        var wrong = with(AccountOption.DISPATCH_SIZE, "many");

        assertThat(providers.of(wrong).callback(wrong, request))
                .isEqualTo(new CallbackContent.UnreadableCallback("fake"));
        assertThatThrownBy(() -> providers.of(misspelt).callback(misspelt, request))
                .isInstanceOf(ProviderException.AccountMisconfigured.class);
    }
}
