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
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A provider that is asked to cancel, and what became of it; it never sends. */
public final class ErasingProvider implements SmsProvider {

    private final List<String> erased = new CopyOnWriteArrayList<>();
    private volatile Set<Feature> features = EnumSet.allOf(Feature.class);
    private volatile Optional<String> objection = Optional.empty();
    private volatile Function<String, CancelOutcome> erasing = reference -> erased(2, "2.00");
    private volatile IntFunction<ReportPage> reporting = page -> report();

    /** What it was asked to cancel, in order. */
    public List<String> asked() {
        return erased;
    }

    public ErasingProvider without(Feature feature) {
        features = EnumSet.complementOf(EnumSet.of(feature));
        return this;
    }

    /** The settings of every account are wrong. */
    public ErasingProvider objecting(String words) {
        objection = Optional.of(words);
        return this;
    }

    public ErasingProvider erasing(Supplier<CancelOutcome> outcome) {
        return erasing(reference -> outcome.get());
    }

    public ErasingProvider erasing(Function<String, CancelOutcome> outcome) {
        erasing = outcome;
        return this;
    }

    public ErasingProvider reporting(IntFunction<ReportPage> pages) {
        reporting = pages;
        return this;
    }

    public ErasingProvider reporting(MessageState... states) {
        return reporting(page -> report(states));
    }

    public static CancelOutcome erased(int deleted, String refunded) {
        return new CancelOutcome.CancelledMessages(deleted, new BigDecimal(refunded));
    }

    public static CancelOutcome nothing(String code) {
        return new CancelOutcome.NoResult(code, "");
    }

    public static CancelOutcome lost() {
        throw new ProviderException.ProviderUnavailable("fake erase", "timeout");
    }

    /** One page; message {@code n} is in the {@code n}th state. */
    public static ReportPage report(MessageState... states) {
        return page(0, false, states);
    }

    public static ReportPage page(int first, boolean hasMore, MessageState... states) {
        var rows = new ArrayList<ReportPage.ReportRow>();
        for (int i = 0; i < states.length; i++) {
            var statusFact = new StatusFact(states[i], null, "", "", null, StatusFact.Source.REPORT);
            rows.add(new ReportPage.ReportRow(
                    new PhoneNumber(StoreFixture.number(first + i)), statusFact, null, List.of()));
        }
        return new ReportPage(states.length, rows, hasMore);
    }

    @Override
    public String type() {
        return "fake";
    }

    @Override
    public Optional<String> objection(Account account) {
        return objection;
    }

    @Override
    public Capabilities capabilities(Account account) {
        return new Capabilities(features, 10_000, 500, 1530, Duration.ofHours(24));
    }

    @Override
    public CancelOutcome erase(Account account, String reference, Deadline deadline) {
        erased.add(reference);
        return FakeCall.question(HttpLimits.DEFAULT, deadline, "fake erase", () -> erasing.apply(reference));
    }

    @Override
    public ReportPage report(Account account, ReportQuery query, int page, Deadline deadline) {
        return FakeCall.question(HttpLimits.DEFAULT, deadline, "fake report", () -> reporting.apply(page));
    }

    @Override
    public Optional<PhoneNumber> number(String written) {
        throw new AssertionError("not asked");
    }

    @Override
    public List<ValidationError> check(Account account, SendOrder order) {
        throw new AssertionError("not asked");
    }

    @Override
    public PriceEstimate estimate(Account account, PhoneNumber to, String text) {
        throw new AssertionError("not asked");
    }

    @Override
    public Readiness ready(Account account, Deadline deadline) {
        throw new AssertionError("not asked");
    }

    @Override
    public SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline) {
        throw new AssertionError("not asked");
    }

    @Override
    public Credit credit(Account account, Deadline deadline) {
        throw new AssertionError("not asked");
    }

    @Override
    public boolean closeSession(Account account, Deadline deadline) {
        throw new AssertionError("not asked");
    }

    @Override
    public CallbackContent callback(Account account, CallbackRequest request) {
        throw new AssertionError("not asked");
    }
}
