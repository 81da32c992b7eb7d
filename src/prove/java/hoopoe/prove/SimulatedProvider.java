package hoopoe.prove;

import hoopoe.account.Account;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.prove.Scheduler.Fault;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.PriceEstimate;
import hoopoe.provider.ProviderException.ProviderUnavailable;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SmsProvider;
import hoopoe.provider.ValidationError;
import hoopoe.provider.http.HttpLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A provider that misbehaves by seed, and keeps a truthful ledger of what it really sent. Account {@value #MAIN} gets a reference with
 * the answer, is polled and calls back; {@value #OWN} knows calls of one recipient by our reference, and can only call back.
 */
final class SimulatedProvider implements SmsProvider {

    static final String TYPE = "simulated";
    static final String MAIN = "main";
    static final String OWN = "own";

    private static final Fault[] BEFORE = {Fault.CRASH_BEFORE, Fault.FREEZE_BEFORE};
    /** What it took once. */
    private static final class Call {
        private final String account;
        private final String reference;
        private final SendOrder order;
        private final Map<PhoneNumber, StatusFact> fates = new LinkedHashMap<>();
        private final boolean isPoison;
        private boolean erased;

        Call(String account, String reference, SendOrder order, boolean isPoison) {
            this.account = account;
            this.reference = reference;
            this.order = order;
            this.isPoison = isPoison;
        }
    }

    /**
     * That it took a call, told to a worker.
     *
     * @param faults that the worker had met until then
     */
    record Answer(String token, Scheduler.Worker worker, int faults) {
        private Answer(String token, Scheduler.Worker worker) {
            this(token, worker, worker.faults());
        }
    }

    /** Takes callbacks: whoever answers them. */
    interface CallbackListener {
        void call(String account, CallbackRequest request, CallbackContent content);
    }

    private final Scheduler scheduler;
    private final HttpLimits limits = HttpLimits.DEFAULT;
    private final List<Call> calls = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Map<String, Integer> sent = new TreeMap<>();
    private final Map<String, CallbackContent> callbacks = new TreeMap<>();
    private CallbackListener listener = (account, request, content) -> {};
    private Instant blockedUntil = Instant.MIN;

    SimulatedProvider(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void listener(CallbackListener to) {
        listener = to;
    }

    /** What workers were told. */
    List<Answer> answers() {
        return answers;
    }

    /** How often each number was sent its message: what a handset would see. Numbers have one message in a history. */
    Map<String, Integer> sent() {
        return sent;
    }

    /** How often a try sent a number its message. @param token of the try */
    long sent(PhoneNumber number, String token) {
        return calls.stream()
                .filter(call -> !call.erased
                        && call.fates.containsKey(number)
                        && call.order.token().equals(token))
                .count();
    }

    /** What a number's message will have become in the end; empty where it was not sent, or taken back. */
    Optional<StatusFact> fate(PhoneNumber number) {
        return calls.stream()
                .filter(call -> !call.erased)
                .flatMap(call -> Optional.ofNullable(call.fates.get(number)).stream())
                .findFirst();
    }

    /** Whether it was delivered after all. */
    boolean isRevised(PhoneNumber number) {
        return fate(number).filter(fate -> fate.code().equals("8")).isPresent();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Capabilities capabilities(Account account) {
        var features =
                EnumSet.of(Feature.CALLBACKS, Feature.REPLIES, Feature.SCHEDULE, Feature.VALIDITY, Feature.SUBJECT);
        if (account.name().equals(MAIN)) {
            features.addAll(EnumSet.of(Feature.DELIVERY_REPORTS, Feature.CANCEL));
            return new Capabilities(features, 100, 2, 1530, Duration.ofHours(2));
        }
        return new Capabilities(features, 100, 1, 1530, Duration.ofHours(2), 14, 1);
    }

    @Override
    public Optional<PhoneNumber> number(String written) {
        return PhoneNumber.isE164(written) ? Optional.of(new PhoneNumber(written)) : Optional.empty();
    }

    @Override
    public List<ValidationError> check(Account account, SendOrder order) {
        return List.of();
    }

    @Override
    public PriceEstimate estimate(Account account, PhoneNumber to, String text) {
        return PriceEstimate.unpriced("domestic");
    }

    @Override
    public Readiness ready(Account account, Deadline deadline) {
        if (scheduler.isCalm()) {
            return new Readiness.Ready("key");
        } else if (scheduler.now().isBefore(blockedUntil)) {
            return new Readiness.Blocked("-100", "blocked");
        }
        return scheduler.oneIn(15) ? new Readiness.NotYet("busy", "", null) : new Readiness.Ready("key");
    }

    @Override
    public SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline) {
        scheduler.effect(() -> "is about to send " + order.token(), Silence.SILENT, BEFORE, () -> null);
        if (!limits.leaveAWholeCall(deadline)) {
            return new SendOutcome.NotSent(Cause.NO_TIME, "no_time", "");
        }
        var end = Deadline.in(limits.call(), deadline.clock());
        try {
            slow(limits.call());
            var outcome = scheduler.effect(
                    () -> "POST " + order.token(), Silence.SILENT, Silence.CALL, () -> taken(account, order));
            slow(Duration.between(deadline.clock().instant(), end.at()).plusMillis(1));
            if (deadline.clock().instant().isAfter(end.at())) {
                return new SendOutcome.Unconfirmed("timeout", "", Optional.empty());
            } else if (outcome instanceof SendOutcome.Accepted) {
                answers.add(new Answer(order.token(), Objects.requireNonNull(scheduler.current())));
            }
            return outcome;
        } catch (Silence e) {
            return new SendOutcome.Unconfirmed("lost", "", Optional.empty());
        }
    }

    /** Others go on. @param most how long its caller waits */
    private void slow(Duration most) {
        if (!scheduler.isCalm() && scheduler.oneIn(4)) {
            scheduler.sleep(Math.max(0, Math.min(most.toMillis(), scheduler.random(11_000))));
        }
    }

    private SendOutcome taken(Account account, SendOrder order) {
        int way = scheduler.isCalm() ? 99 : scheduler.random(100);
        if (way < 7) {
            return new SendOutcome.Rejected("-306", "no");
        } else if (way < 11) {
            return new SendOutcome.NotSent(Cause.UNREACHABLE, "connect", "");
        } else if (way < 15) {
            return new SendOutcome.NotSent(Cause.SESSION_DEAD, "-301", "");
        } else if (way < 17) {
            blockedUntil = scheduler.now().plusSeconds(scheduler.random(900));
            return new SendOutcome.NotSent(Cause.REFUSED, "-100", "");
        } else if (way < 20) {
            return new SendOutcome.Unconfirmed("http_500", "", Optional.empty());
        }
        var reference = order.reference() == null ? "R" + (calls.size() + 1) : order.reference();
        take(new Call(account.name(), reference, order, scheduler.oneIn(15)));
        if (way < 24) {
            return new SendOutcome.Unconfirmed("malformed", "", Optional.empty());
        } else if (way < 28) {
            return new SendOutcome.Unconfirmed("overdrawn", "", Optional.of(reference));
        }
        return new SendOutcome.Accepted(reference, null, BigDecimal.ONE, 0, "", List.of());
    }

    private void take(Call call) {
        calls.add(call);
        var begin = call.order.sendAt() == null ? scheduler.now() : call.order.sendAt();
        for (var recipient : call.order.recipients()) {
            sent.merge(recipient.to().e164(), 1, Integer::sum);
            var at = begin.plusMillis(
                    scheduler.oneIn(4) ? 1 : 1000L * (1 + scheduler.random(scheduler.oneIn(3) ? 7200 : 60)));
            var state = scheduler.oneIn(4) ? MessageState.UNDELIVERED : MessageState.DELIVERED;
            call.fates.put(recipient.to(), new StatusFact(state, at, "7", "", null, StatusFact.Source.REPORT));
            callBack(call, recipient.to(), at, state);
        }
    }

    /** Once, twice, or never; and perhaps about something earlier first. */
    private void callBack(Call call, PhoneNumber number, Instant at, MessageState state) {
        if (scheduler.oneIn(6)) {
            scheduler.at(at.minusMillis(10), () -> deliver(call, number, MessageState.SUBMITTED, "0"));
        }
        for (int times = scheduler.oneIn(8) ? 0 : scheduler.oneIn(6) ? 2 : 1; times > 0; times--) {
            scheduler.at(at.plusMillis(scheduler.random(5000)), () -> deliver(call, number, state, "7"));
        }
        if (state == MessageState.UNDELIVERED && scheduler.oneIn(2)) {
            var later = at.plusMillis(scheduler.random(scheduler.oneIn(2) ? 6_000 : 600_000));
            scheduler.at(later, () -> deliverAfterAll(call, number));
        }
        if (scheduler.oneIn(5)) {
            scheduler.at(at.plusSeconds(scheduler.random(600)), () -> reply(call, number));
        }
    }

    private void deliverAfterAll(Call call, PhoneNumber number) {
        if (!call.erased) {
            var at = scheduler.now();
            call.fates.put(number, new StatusFact(MessageState.DELIVERED, at, "8", "", null, StatusFact.Source.REPORT));
            deliver(call, number, MessageState.DELIVERED, "8");
        }
    }

    private void deliver(Call call, PhoneNumber number, MessageState state, String code) {
        if (!call.erased) {
            var fact = new StatusFact(state, call.fates.get(number).at(), code, "", null, StatusFact.Source.CALLBACK);
            tell(
                    call.account,
                    new CallbackContent.DeliveryCallback(
                            call.reference, token(call), number, fact, null, call.reference + number.e164() + code));
        }
    }

    private void reply(Call call, PhoneNumber number) {
        if (!call.erased) {
            tell(
                    call.account,
                    new CallbackContent.ReplyCallback(
                            Optional.of(call.reference),
                            token(call),
                            number,
                            scheduler.now().truncatedTo(ChronoUnit.SECONDS),
                            "reply of " + number.e164() + " to " + call.order.token(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            "reply" + call.reference + number.e164(),
                            false));
        }
    }

    /** A caller who is no provider. */
    void forge() {
        var fact = new StatusFact(MessageState.UNDELIVERED, scheduler.now(), "9", "", null, StatusFact.Source.CALLBACK);
        var number = new PhoneNumber("+886900999999");
        var reference =
                calls.isEmpty() || scheduler.oneIn(2) ? "forged" : calls.get(scheduler.random(calls.size())).reference;
        tell(
                MAIN,
                new CallbackContent.DeliveryCallback(
                        reference, Optional.empty(), number, fact, null, "forged" + reference));
    }

    /** Some calls echo our subject. */
    private static Optional<String> token(Call call) {
        return call.fates.size() == 1 ? Optional.of(call.order.token()) : Optional.empty();
    }

    private void tell(String account, CallbackContent content) {
        var query = "said=" + String.format(Locale.ROOT, "%05d", callbacks.size());
        callbacks.put(query, content);
        listener.call(account, new CallbackRequest("GET", query, "", new byte[0]), content);
    }

    @Override
    public CallbackContent callback(Account account, CallbackRequest request) {
        return callbacks.get(request.query());
    }

    @Override
    public ReportPage report(Account account, ReportQuery query, int page, Deadline deadline) {
        return asked("report", deadline, () -> {
            var rows = new ArrayList<ReportPage.ReportRow>();
            var asked = calls.stream()
                    .filter(call -> call.account.equals(account.name()) && call.reference.equals(query.reference()))
                    .toList();
            if (asked.stream().anyMatch(call -> call.isPoison)) {
                throw new IllegalStateException("what this adapter cannot read");
            }
            asked.stream()
                    .forEach(call -> call.fates.forEach(
                            (number, fate) -> row(call, number, fate).ifPresent(rows::add)));
            return new ReportPage(rows.size(), rows, false);
        });
    }

    private Optional<ReportPage.ReportRow> row(Call call, PhoneNumber number, StatusFact fate) {
        boolean isOver = !scheduler.now().isBefore(fate.at());
        if (!isOver && scheduler.oneIn(2)) {
            return Optional.empty();
        }
        var state = call.erased ? MessageState.CANCELLED : isOver ? fate.state() : MessageState.SUBMITTED;
        var fact = new StatusFact(
                state,
                state == fate.state() ? fate.at() : null,
                state == fate.state() ? fate.code() : "0",
                "",
                null,
                StatusFact.Source.REPORT);
        return Optional.of(new ReportPage.ReportRow(number, fact, null, List.of()));
    }

    @Override
    public CancelOutcome erase(Account account, String reference, Deadline deadline) {
        return asked("erase " + reference, deadline, () -> calls.stream()
                .filter(call -> call.reference.equals(reference) && !call.erased)
                .filter(call -> call.order.sendAt() != null && scheduler.now().isBefore(call.order.sendAt()))
                .findFirst()
                .<CancelOutcome>map(call -> {
                    call.erased = true;
                    call.fates.keySet().forEach(number -> sent.merge(number.e164(), -1, Integer::sum));
                    return new CancelOutcome.CancelledMessages(call.fates.size(), BigDecimal.ONE);
                })
                .orElseGet(() -> new CancelOutcome.NoResult("late", "")));
    }

    private <T> T asked(String operation, Deadline deadline, Supplier<T> question) {
        var limit = limits.within(deadline);
        if (limit.isZero() || limit.isNegative()) {
            throw new ProviderUnavailable(operation, "no_time");
        }
        var end = Deadline.in(limit, deadline.clock());
        try {
            slow(limit);
            var answer = scheduler.effect(() -> operation, Silence.SILENT, Silence.CALL, question);
            if (deadline.clock().instant().isAfter(end.at())) {
                throw new Silence();
            }
            return answer;
        } catch (Silence e) {
            throw new ProviderUnavailable(operation, "timeout");
        }
    }
}
