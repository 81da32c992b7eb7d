package hoopoe.event.publish;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.account.session.Session;
import hoopoe.account.session.SessionStore;
import hoopoe.batch.AppFixture;
import hoopoe.event.Event;
import hoopoe.store.account.CreditRepository;
import hoopoe.store.event.PublishedKey;
import hoopoe.store.event.PublishedRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Crossings of an account are told once each. */
class AccountEventsTest {

    private final AppFixture appFixture = new AppFixture();
    private final CreditRepository creditRepository = appFixture.beans.get(CreditRepository.class);
    private final SessionStore sessionStore = appFixture.beans.get(SessionStore.class);
    private final AccountEvents accountEvents = appFixture.beans.get(AccountEvents.class);

    @Test
    void aBlockAndItsEndAreTold() {
        appFixture.listener.listening();
        tell();
        assertThat(appFixture.listener.taken()).isEmpty();

        block("-100");
        tell();
        tell();
        sessionStore.replace("main", sessionStore.read("main"), Session.NONE);
        tell();
        tell();

        assertThat(types()).containsExactly("account.blocked", "account.available");
        assertThat(appFixture.listener.taken().get(0).data())
                .isEqualTo(Map.of(
                        "account",
                        "main",
                        "state",
                        "blocked",
                        "version",
                        1,
                        "provider_code",
                        "-100",
                        "at",
                        "2026-03-01T04:00:00Z"));
        assertThat(appFixture.listener.taken().get(1).data()).containsEntry("version", 2);
    }

    @Test
    void lowCreditIsToldOnceACrossing() {
        appFixture.listener.listening();
        for (var points : List.of("101", "99", "5", "100", "99.5")) {
            creditRepository.put("main", new BigDecimal(points), appFixture.clock.instant());
            tell();
            appFixture.clock.move(Duration.ofHours(1));
        }

        assertThat(types()).containsExactly("account.credit_low", "account.credit_low");
        assertThat(appFixture.listener.taken()).extracting(Event::id).doesNotHaveDuplicates();
    }

    @Test
    void aSinkThatIsDownIsToldLaterAndTheSame() {
        appFixture.listener.listening().down(true);
        block("-100");
        tell();
        appFixture.listener.down(false);
        appFixture.clock.move(Duration.ofSeconds(30));
        tell();
        assertThat(types()).isEmpty();
        appFixture.clock.move(Duration.ofSeconds(31));
        tell();

        assertThat(types()).containsExactly("account.blocked");
        assertThat(appFixture.listener.taken().get(0).timestamp()).isEqualTo("2026-03-01T04:00:00Z");
    }

    @Test
    void nothingIsStoredWhereNobodyListens() {
        block("-100");
        tell();

        assertThat(appFixture
                        .beans
                        .get(PublishedRepository.class)
                        .find(PublishedKey.of("main"))
                        .version())
                .isZero();
    }

    private void block(String code) {
        sessionStore.change(
                "main", session -> session.leased("me", LocalDate.of(2026, 3, 1), appFixture.clock.instant())
                        .trying("me", "1", LocalDate.of(2026, 3, 1), appFixture.clock.instant())
                        .blocked("me", "1", code, "no", appFixture.clock.instant()));
    }

    private void tell() {
        accountEvents.tell(appFixture.accounts.find("main").orElseThrow(), Duration.ofSeconds(5));
    }

    private List<String> types() {
        return appFixture.listener.taken().stream()
                .map(event -> event.type().label())
                .toList();
    }
}
