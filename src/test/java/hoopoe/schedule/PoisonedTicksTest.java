package hoopoe.schedule;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.account.Account;
import hoopoe.account.credit.AccountReader;
import hoopoe.account.credit.AccountView;
import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.dispatch.DispatchState;
import hoopoe.observability.Metric;
import hoopoe.provider.Credit;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.http.HttpLimits;
import hoopoe.provider.smspanel.RefusingPanel;
import hoopoe.store.account.DynamoSessionStore;
import hoopoe.testing.Await;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.Mailbox;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ten ticks with poison in every place at once, beside an account that is as it should be. */
class PoisonedTicksTest {

    private static final String SOUND = "main";

    /** Its panel repeats two thousand numbers in an error, and the adapter reads that. */
    private static final String PANEL = "panel";

    /** Its reports and its inbox answers overflow the stack. */
    private static final String BLOWING = "blowing";

    /** Every call of its adapter overflows the stack. */
    private static final String THROWING = "throwing";

    /** Never answers, and is given up when its time is over. */
    private static final String SILENT = "silent";

    private static final String MISSPELT = "misspelt";
    private static final String NO_NUMBER = "nonumber";
    private static final List<String> POISONED = List.of(PANEL, BLOWING, THROWING, SILENT, MISSPELT, NO_NUMBER);

    private static final Duration CALL = HttpLimits.DEFAULT.call();
    private static final Instant AT = Instant.parse("2026-03-01T03:50:00Z");

    private final TickFixture whole = new TickFixture(settings());
    private final TickFixture poisoned = whole.another(settings(
            "hoopoe.accounts." + MISSPELT + ".provider",
            "fkae",
            "hoopoe.accounts." + NO_NUMBER + ".dispatch-size",
            "many"));
    private final AppFixture appFixture = whole.appFixture;
    private final Map<String, Mailbox> boxes = Stream.concat(Stream.of(SOUND), POISONED.stream())
            .collect(Collectors.toMap(name -> name, name -> new Mailbox(3)));
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Batch> sound = new ArrayList<>();
    private final Map<String, Batch> held = new HashMap<>();
    private final Map<String, Batch> sent = new HashMap<>();
    private final RefusingPanel panel = new RefusingPanel("-2", numbers());
    private int messages;
    private volatile boolean poison;
    private volatile boolean admitting;
    private volatile Instant begin = Instant.MIN;

    private static String[] settings(String... more) {
        var settings = new ArrayList<>(List.of(
                "hoopoe.default-account", SOUND,
                "hoopoe.timing.function", "PT30S",
                "hoopoe.timing.untouched", "PT30S",
                "hoopoe.provider.call-timeout", "PT20S",
                "hoopoe.provider.call-margin", "PT2S"));
        POISONED.forEach(name -> settings.addAll(List.of("hoopoe.accounts." + name + ".provider", FakeProvider.TYPE)));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    PoisonedTicksTest() {
        appFixture
                .provider
                .mailboxOf(account -> boxes.get(account.name()))
                .readyOf(this::ready)
                .sendingOf(this::send)
                .crediting(this::credit);
        Stream.of(whole, poisoned)
                .forEach(tickFixture -> tickFixture.provider.reporting((reference, page) -> report(reference)));
        boxes.get(PANEL).whileRead(() -> {
            if (poison) {
                panel.inbox();
            }
        });
        boxes.get(BLOWING).whileRead(() -> {
            if (poison) {
                overflow();
            }
        });
        boxes.get(SILENT).whileAsked(() -> {
            if (poison) {
                silence(() -> boxes.get(SOUND).taken() == messages);
            }
        });
    }

    @AfterEach
    void close() {
        panel.close();
    }

    private static <T> T overflow() {
        throw new StackOverflowError();
    }

    /** One run of digits, which a plus sign would part: a mask that recurses once a digit has no stack for that. */
    private static String numbers() {
        return "0912 345 678 ".repeat(2_000);
    }

    private boolean is(String poisonous, Account account) {
        return poison && account.name().equals(poisonous);
    }

    private Readiness ready(Account account) {
        if (admitting) {
            return new Readiness.NotYet("login", "", null);
        }
        return is(THROWING, account) ? overflow() : new Readiness.Ready("key");
    }

    private SendOutcome send(Account account, SendOrder order) {
        if (is(SILENT, account)) {
            silence(() -> !isSoundDue());
        } else if (is(PANEL, account)) {
            return panel.send();
        }
        return FakeProvider.accepted(account.name() + ' ' + order.token());
    }

    private ReportPage report(String reference) {
        if (poison && reference.startsWith(BLOWING)) {
            return overflow();
        } else if (poison && reference.startsWith(SILENT)) {
            silence(() -> !isSoundDue());
        }
        return TickFixture.page(1, 0, 1, false, DELIVERED, "100");
    }

    private Credit credit(Account account) {
        if (is(THROWING, account)) {
            return overflow();
        } else if (is(PANEL, account)) {
            return panel.credit();
        } else if (is(SILENT, account)) {
            silence(() -> asked.get() > 0);
        } else if (account.name().equals(SOUND)) {
            asked.incrementAndGet();
        }
        return new Credit(BigDecimal.TEN, appFixture.clock.instant());
    }

    /** It takes longer than accounts that answer at once: those have other workers. */
    private void silence(Callable<Boolean> others) {
        var end = appFixture.clock.instant().plus(CALL).plusMillis(1);
        try {
            Await.until("served beside one that is silent", others, served -> served);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        passTo(end);
    }

    private synchronized void passTo(Instant end) {
        if (end.isAfter(appFixture.clock.instant())) {
            appFixture.clock.set(end.toString());
        }
    }

    private boolean isSoundDue() {
        return sound.stream()
                .map(whole::dispatch)
                .anyMatch(dispatch -> dispatch.due() != null && !dispatch.due().isAfter(begin));
    }

    private Batch admit(String account) {
        return appFixture.admitted(
                new BatchRequest(account, "hello", null, null, null, null, null, List.of(AppFixture.entry(0)), false));
    }

    private Batch hold(String account) {
        admitting = true;
        try {
            return admit(account);
        } finally {
            admitting = false;
        }
    }

    private void write(String account, String text) {
        boxes.get(account).put("+989121234567", "3000123", AT.plusSeconds(messages++), text);
    }

    private void tick(TickFixture tickFixture) {
        begin = appFixture.clock.instant();
        tickFixture.tick();
    }

    private boolean isSent(Batch batch) {
        return whole.dispatch(batch).state() == DispatchState.SUBMITTED;
    }

    private long aside() {
        return appFixture.healthy.scanPaginator(scan -> scan.tableName(appFixture.name)).items().stream()
                .filter(item -> item.get("sk").s().startsWith("ASIDE#") && item.containsKey("packed"))
                .count();
    }

    private List<String> texts() {
        return whole.replies().stream().map(reply -> reply.sms().text()).toList();
    }

    private Map<String, AccountView> shown() {
        var beans = poisoned.appFixture.beans;
        beans.given(new DynamoSessionStore(whole.table));
        var reader = beans.get(AccountReader.class);
        return reader.all(AppFixture.GRANT).stream().collect(Collectors.toMap(AccountView::name, account -> account));
    }

    @Test
    void theSoundOneLosesNothingAndNoMoreThanOneTickAndNothingOfThePoisonIsLost() {
        POISONED.forEach(name -> {
            sent.put(name, admit(name));
            held.put(name, hold(name));
        });
        write(BLOWING, "to the one that blows");
        messages = 0;
        poison = true;

        for (int tick = 0; tick < 10; tick++) {
            sound.add(hold(SOUND));
            write(SOUND, "text " + tick);
            appFixture.clock.move(Duration.ofSeconds(40));

            tick(poisoned);

            assertThat(sound.subList(0, tick)).as("sends of earlier ticks").allMatch(this::isSent);
            assertThat(texts()).as("messages of earlier ticks").hasSizeGreaterThanOrEqualTo(tick);
            assertThat(sound.subList(0, Math.max(0, tick - 3)))
                    .as("checks of earlier ticks")
                    .allSatisfy(batch ->
                            assertThat(whole.again(batch).progress().settled()).containsExactly(0));
        }

        // Once in the time for which a credit is believed; the ticks take about as long, by how often somebody is
        // waited for.
        assertThat(asked.get()).isBetween(1, 2);
        assertThat(poisoned.appFixture.told.sum(Metric.INTERNAL_ERRORS)).isPositive();
        assertThat(poisoned.appFixture.told.sum(Metric.ACCOUNT_REFUSALS)).isPositive();
        var accounts = shown();
        Map.of(MISSPELT, "misconfigured", NO_NUMBER, "misconfigured", SILENT, "unreachable", SOUND, "ok")
                .forEach((name, state) ->
                        assertThat(accounts.get(name).health().state()).as(name).isEqualTo(state));
        assertThat(panel.calls()).as("calls of the panel").isGreaterThan(3);
        assertThat(panel.send()).isInstanceOf(SendOutcome.Rejected.class);
        assertThat(whole.dispatch(held.get(PANEL)).state()).isNotEqualTo(DispatchState.ACCEPTED);
        assertThat(boxes.get(BLOWING).taken()).isEqualTo(1);
        assertThat(aside()).as("answers that are kept aside").isPositive();
        assertThat(accounts.get(BLOWING).inbox().aside()).isEqualTo((int) aside());
        long aside = aside();
        assertThat(poisoned.appFixture.told.sum(Metric.INBOX_ASIDE)).isEqualTo(aside);
        assertThat(whole.dispatch(held.get(SILENT)).state()).isEqualTo(DispatchState.UNCONFIRMED);
        Set.of(MISSPELT, NO_NUMBER, THROWING)
                .forEach(name -> assertThat(whole.dispatch(held.get(name)).state())
                        .as(name)
                        .isEqualTo(DispatchState.ACCEPTED));

        poison = false;
        assertThat(whole.inboxRepository.readAgain(BLOWING, () -> true)).isEqualTo((int) aside);
        for (int tick = 0; tick < 4; tick++) {
            appFixture.clock.move(Duration.ofMinutes(6));
            tick(whole);
        }

        Set.of(MISSPELT, NO_NUMBER, THROWING)
                .forEach(name -> assertThat(isSent(held.get(name))).as(name).isTrue());
        assertThat(sent.values())
                .allSatisfy(batch ->
                        assertThat(whole.again(batch).progress().settled()).containsExactly(0));
        assertThat(sound)
                .allSatisfy(batch ->
                        assertThat(whole.again(batch).progress().settled()).containsExactly(0));
        assertThat(texts()).hasSize(11).contains("to the one that blows");
        assertThat(shown().get(BLOWING).inbox().aside()).isZero();
        assertThat(appFixture.provider.taken().values()).allMatch(times -> times == 1);
    }
}
