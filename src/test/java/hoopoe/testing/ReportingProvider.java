package hoopoe.testing;

import hoopoe.account.Account;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Credit;
import hoopoe.provider.Deadline;
import hoopoe.provider.InboxContent;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.PriceEstimate;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SmsProvider;
import hoopoe.provider.ValidationError;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A provider that reports and calls back as it is told. What has to do with sending is another's. */
public final class ReportingProvider implements SmsProvider {

    private final FakeProvider sender;
    private final List<List<String>> together = new CopyOnWriteArrayList<>();
    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private final Map<String, CallbackContent> callbacks = new ConcurrentHashMap<>();
    private volatile BiFunction<ReportQuery, Integer, ReportPage> reporting =
            (query, page) -> new ReportPage(0, List.of(), false);
    private volatile BiFunction<String, Deadline, CancelOutcome> erasing =
            (reference, deadline) -> new CancelOutcome.NoResult("", "");

    public ReportingProvider(FakeProvider sender) {
        this.sender = sender;
    }

    /** The pages that were asked for, in order. */
    public List<Integer> asked() {
        return asked;
    }

    /** @param reporting of reference and page, from 1 */
    public ReportingProvider reporting(BiFunction<String, Integer, ReportPage> reporting) {
        this.reporting = (query, page) -> reporting.apply(query.reference(), page);
        return this;
    }

    /** One page of each dispatch. */
    public ReportingProvider reportingOf(Function<ReportQuery, ReportPage> reporting) {
        this.reporting = (query, page) -> reporting.apply(query);
        return this;
    }

    public ReportingProvider erasing(BiFunction<String, Deadline, CancelOutcome> erasing) {
        this.erasing = erasing;
        return this;
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

    @Override
    public ReportPage report(Account account, ReportQuery query, int page, Deadline deadline) {
        asked.add(page);
        return FakeCall.question(sender.limits(), deadline, "fake report", () -> reporting.apply(query, page));
    }

    /** The references that were asked about in one call, call by call. */
    public List<List<String>> askedTogether() {
        return together;
    }

    /** What {@link #reporting} says of each. */
    @Override
    public Map<String, ReportPage> reports(Account account, List<ReportQuery> queries, Deadline deadline) {
        together.add(queries.stream().map(ReportQuery::reference).toList());
        return FakeCall.question(sender.limits(), deadline, "fake report", () -> {
            var pages = new HashMap<String, ReportPage>();
            queries.forEach(query -> pages.put(query.reference(), reporting.apply(query, 1)));
            return pages;
        });
    }

    @Override
    public CancelOutcome erase(Account account, String reference, Deadline deadline) {
        return FakeCall.question(sender.limits(), deadline, "fake erase", () -> erasing.apply(reference, deadline));
    }

    @Override
    public String type() {
        return sender.type();
    }

    @Override
    public Optional<String> objection(Account account) {
        return sender.objection(account);
    }

    @Override
    public Capabilities capabilities(Account account) {
        return sender.capabilities(account);
    }

    @Override
    public Optional<PhoneNumber> number(String written) {
        return sender.number(written);
    }

    @Override
    public List<ValidationError> check(Account account, SendOrder order) {
        return sender.check(account, order);
    }

    @Override
    public PriceEstimate estimate(Account account, PhoneNumber to, String text) {
        return sender.estimate(account, to, text);
    }

    @Override
    public Readiness ready(Account account, Deadline deadline) {
        return sender.ready(account, deadline);
    }

    @Override
    public SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline) {
        return sender.send(account, ready, order, deadline);
    }

    @Override
    public InboxResponse drain(Account account, Readiness.Ready ready, Deadline deadline) {
        return sender.drain(account, ready, deadline);
    }

    @Override
    public InboxContent read(Account account, InboxResponse.RawResponse rawResponse) {
        return sender.read(account, rawResponse);
    }

    @Override
    public Credit credit(Account account, Deadline deadline) {
        return sender.credit(account, deadline);
    }

    @Override
    public boolean closeSession(Account account, Deadline deadline) {
        return sender.closeSession(account, deadline);
    }
}
