package hoopoe.provider;

import hoopoe.account.Account;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Capabilities.Feature;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the adapter of an account with invalid settings. It calls no provider and loses nothing: pending work waits, and
 * refused requests work again when the settings are correct.
 */
final class MisconfiguredProvider implements SmsProvider {

    private static final String CODE = "misconfigured";

    private final String words;
    private final @Nullable SmsProvider adapter;

    /**
     * @param words what is wrong
     * @param adapter of the account's provider; null where no such provider exists
     */
    MisconfiguredProvider(String words, @Nullable SmsProvider adapter) {
        this.words = words;
        this.adapter = adapter;
    }

    @Override
    public String type() {
        return CODE;
    }

    /** The features with correct settings, without the inbox: it must not be emptied while its answer cannot be read. */
    @Override
    public Capabilities capabilities(Account account) {
        var features = EnumSet.allOf(Feature.class);
        if (adapter != null) {
            features.retainAll(adapter.capabilities(unset(account)).features());
        }
        features.remove(Feature.INBOX);
        return new Capabilities(features, 1, 1, 1, Duration.ofDays(1));
    }

    /** The account without its settings, because one of them is wrong. */
    private static Account unset(Account account) {
        return new Account(account.name(), account.provider(), Optional.empty(), Map.of(), Set.of());
    }

    @Override
    public Optional<PhoneNumber> number(String written) {
        throw new ProviderException.AccountMisconfigured();
    }

    @Override
    public List<ValidationError> check(Account account, SendOrder order) {
        throw new ProviderException.AccountMisconfigured();
    }

    @Override
    public PriceEstimate estimate(Account account, PhoneNumber to, String text) {
        throw new ProviderException.AccountMisconfigured();
    }

    @Override
    public Readiness ready(Account account, Deadline deadline) {
        return new Readiness.Blocked(CODE, words);
    }

    /** The settings were correct when the account was made ready. */
    @Override
    public SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline) {
        return new SendOutcome.NotSent(SendOutcome.Cause.REFUSED, CODE, words);
    }

    @Override
    public Credit credit(Account account, Deadline deadline) {
        throw new ProviderException.AccountMisconfigured();
    }

    @Override
    public ReportPage report(Account account, ReportQuery query, int page, Deadline deadline) {
        throw new ProviderException.AccountMisconfigured();
    }

    @Override
    public Map<String, ReportPage> reports(Account account, List<ReportQuery> queries, Deadline deadline) {
        throw new ProviderException.AccountMisconfigured();
    }

    @Override
    public CancelOutcome erase(Account account, String reference, Deadline deadline) {
        throw new ProviderException.AccountMisconfigured();
    }

    @Override
    public boolean closeSession(Account account, Deadline deadline) {
        throw new ProviderException.AccountMisconfigured();
    }

    /** Needs no setting but the provider's name; the provider repeats a callback only a few times. */
    @Override
    public CallbackContent callback(Account account, CallbackRequest request) {
        if (adapter == null) {
            throw new ProviderException.AccountMisconfigured();
        }
        return adapter.callback(account, request);
    }
}
