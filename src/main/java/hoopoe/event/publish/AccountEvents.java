package hoopoe.event.publish;

import hoopoe.account.Account;
import hoopoe.account.session.Session.AccountBlock;
import hoopoe.account.session.SessionStore;
import hoopoe.config.Setting;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.event.PublishedStates;
import hoopoe.event.PublishedStates.PendingEvents;
import hoopoe.event.PublishedStates.PublishedState;
import hoopoe.event.PublishedStates.ShownState;
import hoopoe.event.PublishedStates.StateChange;
import hoopoe.store.account.CreditRepository;
import hoopoe.store.account.CreditRepository.Balance;
import hoopoe.store.event.PublishedKey;
import hoopoe.store.event.PublishedRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Tells listeners when the provider blocks an account, when it lets it in again, and when its credit gets low: once a crossing. */
@ApplicationScoped
public class AccountEvents {

    /** What is told of an account, in place of message numbers. */
    private static final int ACCESS = 0;

    private static final int CREDIT = 1;

    private static final String AVAILABLE = "available";
    private static final String BLOCKED = "blocked";
    private static final String CREDIT_LOW = "credit_low";
    private static final String CREDIT_ENOUGH = "credit_enough";

    private final PublishedRepository publishedRepository;
    private final EventTeller eventTeller;
    private final EventSinks eventSinks;
    private final SessionStore sessionStore;
    private final CreditRepository creditRepository;
    private final Config config;

    public AccountEvents(
            PublishedRepository publishedRepository,
            EventTeller eventTeller,
            EventSinks eventSinks,
            SessionStore sessionStore,
            CreditRepository creditRepository,
            Config config) {
        this.publishedRepository = publishedRepository;
        this.eventTeller = eventTeller;
        this.eventSinks = eventSinks;
        this.sessionStore = sessionStore;
        this.creditRepository = creditRepository;
        this.config = config;
    }

    /** Tells what is new of an account. What cannot be told now, the next call tells. */
    public void tell(Account account, Duration limit) {
        if (!eventSinks.of(null).isEmpty()) {
            var subject = new AccountSubject(account.name());
            var told = publishedRepository.find(subject.key());
            eventTeller.tell(subject, told, shown(account.name()), limit);
        }
    }

    private Map<Integer, ShownState> shown(String account) {
        var shown = new TreeMap<Integer, ShownState>();
        shown.put(ACCESS, access(Optional.ofNullable(sessionStore.read(account).block())));
        creditRepository.find(account).ifPresent(balance -> shown.put(CREDIT, credit(balance)));
        return shown;
    }

    private static ShownState access(Optional<AccountBlock> block) {
        return new ShownState(
                block.isPresent() ? BLOCKED : AVAILABLE,
                block.map(AccountBlock::code).orElse(null),
                block.map(AccountBlock::since).orElse(null),
                Map.of());
    }

    private ShownState credit(Balance balance) {
        var isLow = balance.points().compareTo(Setting.CREDIT_LOW.decimal(config)) < 0;
        return new ShownState(isLow ? CREDIT_LOW : CREDIT_ENOUGH, null, balance.asOf(), Map.of());
    }

    private record AccountSubject(String account) implements EventTeller.Subject {

        @Override
        public PublishedKey key() {
            return PublishedKey.of(account);
        }

        @Override
        public @Nullable String caller() {
            return null;
        }

        /** An account that was never told of is available, and has credit. */
        @Override
        public StateChange of(int n, @Nullable ShownState told, ShownState shown) {
            var before = told != null ? told.state() : n == ACCESS ? AVAILABLE : CREDIT_ENOUGH;
            if (before.equals(shown.state())) {
                return StateChange.NONE;
            }
            return shown.state().equals(CREDIT_ENOUGH) ? StateChange.UNTOLD : StateChange.TOLD;
        }

        @Override
        public List<Event> events(PublishedStates told, PendingEvents pending) {
            return told.states().entrySet().stream()
                    .filter(entry -> entry.getValue().pending())
                    .map(entry -> event(entry.getKey(), entry.getValue(), pending.at()))
                    .toList();
        }

        private Event event(int n, PublishedState told, Instant at) {
            var shown = told.shown();
            var data = new HashMap<String, @Nullable Object>();
            data.put("account", account);
            data.put("state", shown.state());
            data.put("version", told.version());
            data.put("provider_code", shown.code());
            data.put("at", shown.at() == null ? null : shown.at().toString());
            return new Event(
                    Event.id(at, "account#" + account + '#' + n + '#' + told.version()),
                    EventType.of("account." + shown.state()).orElseThrow(),
                    at,
                    null,
                    account,
                    data,
                    Map.of());
        }
    }
}
