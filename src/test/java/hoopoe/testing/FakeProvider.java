package hoopoe.testing;

import hoopoe.account.Account;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Credit;
import hoopoe.provider.Deadline;
import hoopoe.provider.InboxContent;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.PriceEstimate;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SmsProvider;
import hoopoe.provider.ValidationError;
import hoopoe.provider.http.HttpLimits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A provider that does as it is told, and counts what it took and was asked. */
public final class FakeProvider implements SmsProvider {

    public static final String TYPE = "fake";

    private final List<SendOrder> sends = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final Map<String, Integer> reached = new ConcurrentHashMap<>();
    private final List<String> eraseCalls = new CopyOnWriteArrayList<>();
    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private final List<List<String>> askedTogether = new CopyOnWriteArrayList<>();
    private final Map<String, CallbackContent> callbacks = new ConcurrentHashMap<>();
    private volatile Capabilities capabilities =
            new Capabilities(EnumSet.complementOf(EnumSet.of(Feature.INBOX)), 10_000, 500, 1530, Duration.ofHours(24));
    private volatile HttpLimits limits = HttpLimits.DEFAULT;
    private volatile Runnable withAnswer = () -> {};
    private volatile Function<Account, Mailbox> mailboxes = account -> new Mailbox(50);
    private volatile Function<Account, Readiness> readiness = account -> new Readiness.Ready("key");
    private volatile BiFunction<Account, SendOrder, SendOutcome> sending = (account, order) -> accepted(order);
    private volatile BiFunction<String, Deadline, CancelOutcome> erasing = (reference, deadline) -> nothing("");
    private volatile BiFunction<ReportQuery, Integer, ReportPage> reporting = (query, page) -> report();
    private volatile Function<Account, Credit> crediting = account -> {
        throw new ProviderException.NotSupported("credit");
    };
    private volatile Function<Account, Optional<String>> settings = account -> Optional.empty();
    private volatile Function<SendOrder, List<ValidationError>> objections = order -> List.of();

    /** All send calls so far, with any outcome. */
    public List<SendOrder> sends() {
        return sends;
    }

    /** How often a dispatch was taken, by its token: what a handset would see. */
    public Map<String, Integer> taken() {
        return taken;
    }

    /** How often a handset may have got something, by its number. */
    public Map<String, Integer> reached() {
        return reached;
    }

    /** How long a call may take; the clock is the deadline's. */
    public FakeProvider limits(HttpLimits limits) {
        this.limits = limits;
        return this;
    }

    /** What happens while a worker holds the answer of a send, or of an inbox, and has written nothing: it may be frozen. */
    public FakeProvider withAnswer(Runnable happening) {
        withAnswer = happening;
        return this;
    }

    public FakeProvider with(Capabilities capabilities) {
        this.capabilities = capabilities;
        return this;
    }

    public FakeProvider dispatchSize(int size) {
        return with(features -> {}, capabilities.maxRecipients(), size, capabilities.ownReference());
    }

    public FakeProvider maxRecipients(int most) {
        return with(features -> {}, most, capabilities.dispatchSize(), capabilities.ownReference());
    }

    public FakeProvider without(Feature feature) {
        return with(
                features -> features.remove(feature),
                capabilities.maxRecipients(),
                capabilities.dispatchSize(),
                capabilities.ownReference());
    }

    /** Knows each call by a reference of ours, and has one recipient in it. */
    public FakeProvider ownReference(int length) {
        return with(features -> {}, capabilities.maxRecipients(), 1, length);
    }

    /** Can be asked about so many calls at once. */
    public FakeProvider reportsAtOnce(int most) {
        return with(new Capabilities(
                capabilities.features(),
                capabilities.maxRecipients(),
                capabilities.dispatchSize(),
                capabilities.maxText(),
                capabilities.defaultValidity(),
                capabilities.ownReference(),
                most));
    }

    private FakeProvider with(Consumer<Set<Feature>> change, int maxRecipients, int dispatchSize, int ownReference) {
        var features = EnumSet.copyOf(capabilities.features());
        change.accept(features);
        return with(new Capabilities(
                features,
                maxRecipients,
                dispatchSize,
                capabilities.maxText(),
                capabilities.defaultValidity(),
                ownReference,
                1));
    }

    /** Has an inbox. */
    public FakeProvider mailbox(Mailbox box) {
        return mailboxOf(account -> box);
    }

    /** One for each account. */
    public FakeProvider mailboxOf(Function<Account, Mailbox> boxes) {
        mailboxes = boxes;
        return with(
                features -> features.add(Feature.INBOX),
                capabilities.maxRecipients(),
                capabilities.dispatchSize(),
                capabilities.ownReference());
    }

    @Override
    public InboxResponse drain(Account account, Readiness.Ready ready, Deadline deadline) {
        return answered(
                deadline,
                mailboxes.apply(account)::drain,
                () -> new InboxResponse.NotAsked("no_time", ""),
                () -> new InboxResponse.ResponseLost("timeout", ""));
    }

    @Override
    public InboxContent read(Account account, InboxResponse.RawResponse rawResponse) {
        return mailboxes.apply(account).read(rawResponse);
    }

    public FakeProvider ready(Supplier<Readiness> readiness) {
        return readyOf(account -> readiness.get());
    }

    /** One account and not another. */
    public FakeProvider readyOf(Function<Account, Readiness> readiness) {
        this.readiness = readiness;
        return this;
    }

    public FakeProvider sending(Function<SendOrder, SendOutcome> sending) {
        return sendingOf((account, order) -> sending.apply(order));
    }

    /** What one account has left. */
    public FakeProvider crediting(Function<Account, Credit> crediting) {
        this.crediting = crediting;
        return this;
    }

    /** One account and not another. */
    public FakeProvider sendingOf(BiFunction<Account, SendOrder, SendOutcome> sending) {
        this.sending = sending;
        return this;
    }

    public FakeProvider objecting(Function<SendOrder, List<ValidationError>> objections) {
        this.objections = objections;
        return this;
    }

    public static SendOutcome accepted(SendOrder order) {
        return accepted("ref-" + order.token());
    }

    public static SendOutcome accepted(String reference) {
        return new SendOutcome.Accepted(reference, BigDecimal.TEN, BigDecimal.ONE, 0, "", List.of());
    }

    /** Has one result a recipient, and as its reference the first id. */
    public static SendOutcome answered(List<SendOutcome.RecipientResult> results) {
        var first = results.stream()
                .map(SendOutcome.RecipientResult::id)
                .filter(Objects::nonNull)
                .findFirst();
        return new SendOutcome.Accepted(first.orElse(null), null, null, 0, "", results);
    }

    public static SendOutcome lost() {
        return new SendOutcome.Unconfirmed("lost", "", Optional.empty());
    }

    @Override
    public SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline) {
        return answered(
                deadline,
                () -> taken(account, order),
                () -> new SendOutcome.NotSent(SendOutcome.Cause.NO_TIME, "no_time", ""),
                () -> new SendOutcome.Unconfirmed("timeout", "", Optional.empty()));
    }

    private <T> T answered(Deadline deadline, Supplier<T> call, Supplier<T> notBegun, Supplier<T> cutOff) {
        var answer = FakeCall.whole(limits, deadline, call, notBegun, cutOff);
        withAnswer.run();
        return answer;
    }

    private SendOutcome taken(Account account, SendOrder order) {
        sends.add(order);
        var outcome = sending.apply(account, order);
        if (outcome instanceof SendOutcome.Accepted || outcome instanceof SendOutcome.Unconfirmed) {
            taken.merge(order.token(), 1, Integer::sum);
            order.recipients().forEach(one -> reached.merge(one.to().e164(), 1, Integer::sum));
        }
        return outcome;
    }

    @Override
    public Readiness ready(Account account, Deadline deadline) {
        return readiness.apply(account);
    }

    /** What is wrong with an account's settings. */
    public FakeProvider objectingToSettings(Function<Account, Optional<String>> settings) {
        this.settings = settings;
        return this;
    }

    @Override
    public Optional<String> objection(Account account) {
        return settings.apply(account);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Capabilities capabilities(Account account) {
        return capabilities;
    }

    /** {@code 09…} is local. */
    @Override
    public Optional<PhoneNumber> number(String written) {
        var number = written.matches("09\\d{8}") ? "+886" + written.substring(1) : written;
        return PhoneNumber.isE164(number) ? Optional.of(new PhoneNumber(number)) : Optional.empty();
    }

    @Override
    public List<ValidationError> check(Account account, SendOrder order) {
        return objections.apply(order);
    }

    @Override
    public PriceEstimate estimate(Account account, PhoneNumber to, String text) {
        var domestic = to.e164().startsWith("+886");
        var points = BigDecimal.valueOf(domestic ? 1 : 3);
        return new PriceEstimate(points, points, domestic ? "domestic" : "international");
    }

    @Override
    public Credit credit(Account account, Deadline deadline) {
        return FakeCall.question(limits, deadline, "fake credit", () -> crediting.apply(account));
    }

    /** The pages that were asked for one by one, in order. */
    public List<Integer> asked() {
        return asked;
    }

    /** The references that were asked about in one call, call by call. */
    public List<List<String>> askedTogether() {
        return askedTogether;
    }

    /** @param reporting of reference and page, from 1 */
    public FakeProvider reporting(BiFunction<String, Integer, ReportPage> reporting) {
        this.reporting = (query, page) -> reporting.apply(query.reference(), page);
        return this;
    }

    /** One page of each dispatch. */
    public FakeProvider reportingOf(Function<ReportQuery, ReportPage> reporting) {
        this.reporting = (query, page) -> reporting.apply(query);
        return this;
    }

    /** The same page of every dispatch; message {@code n} is in the {@code n}th state. */
    public FakeProvider reporting(MessageState... states) {
        return reportingOf(query -> report(states));
    }

    /** One page; message {@code n} is in the {@code n}th state. */
    public static ReportPage report(MessageState... states) {
        return page(0, false, states);
    }

    public static ReportPage page(int first, boolean hasMore, MessageState... states) {
        var rows = IntStream.range(0, states.length)
                .mapToObj(i -> new ReportPage.ReportRow(
                        new PhoneNumber(StoreFixture.number(first + i)),
                        new StatusFact(states[i], null, "", "", null, StatusFact.Source.REPORT),
                        null,
                        List.of()))
                .toList();
        return new ReportPage(states.length, rows, hasMore);
    }

    @Override
    public ReportPage report(Account account, ReportQuery query, int page, Deadline deadline) {
        asked.add(page);
        return FakeCall.question(limits, deadline, "fake report", () -> reporting.apply(query, page));
    }

    /** What {@link #reporting} says of each. */
    @Override
    public Map<String, ReportPage> reports(Account account, List<ReportQuery> queries, Deadline deadline) {
        askedTogether.add(queries.stream().map(ReportQuery::reference).toList());
        return FakeCall.question(limits, deadline, "fake report", () -> {
            var pages = new HashMap<String, ReportPage>();
            queries.forEach(query -> pages.put(query.reference(), reporting.apply(query, 1)));
            return pages;
        });
    }

    /** The references that it was asked to erase, in order. */
    public List<String> eraseCalls() {
        return eraseCalls;
    }

    public FakeProvider erasing(BiFunction<String, Deadline, CancelOutcome> erasing) {
        this.erasing = erasing;
        return this;
    }

    public static CancelOutcome erased(int deleted, String refunded) {
        return new CancelOutcome.CancelledMessages(deleted, new BigDecimal(refunded));
    }

    public static CancelOutcome nothing(String code) {
        return new CancelOutcome.NoResult(code, "");
    }

    public static CancelOutcome eraseLost() {
        throw new ProviderException.ProviderUnavailable("fake erase", "timeout");
    }

    @Override
    public CancelOutcome erase(Account account, String reference, Deadline deadline) {
        eraseCalls.add(reference);
        return FakeCall.question(limits, deadline, "fake erase", () -> erasing.apply(reference, deadline));
    }

    @Override
    public boolean closeSession(Account account, Deadline deadline) {
        throw new ProviderException.NotSupported("session");
    }

    /** A request that says this. */
    public CallbackRequest request(CallbackContent read) {
        var query = "said=" + callbacks.size();
        callbacks.put(query, read);
        return new CallbackRequest("GET", query, "", new byte[0]);
    }

    @Override
    public CallbackContent callback(Account account, CallbackRequest request) {
        var read = callbacks.get(request.query());
        if (read == null) {
            throw new IllegalArgumentException(new String(request.body(), StandardCharsets.UTF_8));
        }
        return read;
    }
}
