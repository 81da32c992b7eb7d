package hoopoe.provider;

import hoopoe.account.Account;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.ProviderException.NotSupported;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One kind of provider. An account is one customer of it; every operation names the account.
 *
 * <p>Refusals are values. {@link ProviderException} is thrown only by the calls that ask (credit, report, erase, session):
 * {@link #ready}, {@link #send} and {@link #drain} always answer, whatever the provider did. What {@link #capabilities} does not
 * name is not called: an adapter leaves those methods as they are here.
 */
public interface SmsProvider {

    /** {@code every8d}, {@code text421} or {@code smspanel}: the value of {@code hoopoe.accounts.<name>.provider}. */
    String type();

    /**
     * What is wrong with an account's settings, in words that repeat none of them; empty where it can be used. Secrets are none of
     * them. An account with an objection is asked for nothing else but {@link #callback}.
     */
    default Optional<String> objection(Account account) {
        return Optional.empty();
    }

    /** What this provider can do for an account, and its limits. Data: nobody asks for a provider by name. */
    Capabilities capabilities(Account account);

    /** The number in E.164, from E.164 or one of the local forms that the provider's contract lists. */
    Optional<PhoneNumber> number(String written);

    /** What the provider would refuse in this message, before anything is stored; empty where it can be sent. */
    List<ValidationError> check(Account account, SendOrder order);

    /** What a message would cost: an estimate, the provider's own answer is the truth. */
    PriceEstimate estimate(Account account, PhoneNumber to, String text);

    /**
     * Gets ready all that a send needs (secret, session key), so that nothing but the send itself follows the claim.
     *
     * @param deadline when to begin nothing more; a login under way is finished, not cut off: so it lies a whole call before
     *     the end of the invocation
     */
    Readiness ready(Account account, Deadline deadline);

    /**
     * Sends once. Never repeats, follows no redirect, and tells by phase whether anything can have left.
     *
     * @param deadline the end of the invocation; the call takes at most its own limit
     */
    SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline);

    /** Feature {@code CREDIT}. */
    default Credit credit(Account account, Deadline deadline) {
        throw new NotSupported(Feature.CREDIT.label());
    }

    /** One page of what the provider says of one dispatch, from page 1. Feature {@code DELIVERY_REPORTS}. */
    default ReportPage report(Account account, ReportQuery query, int page, Deadline deadline) {
        throw new NotSupported(Feature.DELIVERY_REPORTS.label());
    }

    /**
     * All that the provider says of some dispatches, by reference, in one call. For providers that can be asked for
     * {@link Capabilities#reportsAtOnce} at once; else never called.
     *
     * @param queries at most so many
     * @return a page without rows for a reference of which it says nothing; none where it has to be asked about that one alone
     */
    default Map<String, ReportPage> reports(Account account, List<ReportQuery> queries, Deadline deadline) {
        throw new NotSupported(Feature.DELIVERY_REPORTS.label());
    }

    /** Feature {@code CANCEL}. */
    default CancelOutcome erase(Account account, String reference, Deadline deadline) {
        throw new NotSupported(Feature.CANCEL.label());
    }

    /**
     * Ends the account's session at the provider, for everybody who uses it. Feature {@code SESSION}.
     *
     * @return whether the provider said so
     */
    default boolean closeSession(Account account, Deadline deadline) {
        throw new NotSupported(Feature.SESSION.label());
    }

    /** What a callback says. Total: what cannot be read is {@link CallbackContent.UnreadableCallback}. Feature {@code CALLBACKS}. */
    default CallbackContent callback(Account account, CallbackRequest request) {
        throw new NotSupported(Feature.CALLBACKS.label());
    }

    /**
     * Takes the next messages out of the inbox, where they are gone then: one call, never repeated, its answer untouched.
     * Not asked where less is left than a whole call takes and its answer needs. Feature {@code INBOX}.
     *
     * @param deadline the end of the invocation; the call takes at most its own limit
     */
    default InboxResponse drain(Account account, Readiness.Ready ready, Deadline deadline) {
        throw new NotSupported(Feature.INBOX.label());
    }

    /** What such an answer says. Total: what cannot be read is {@link InboxContent.UnreadableInbox}. Feature {@code INBOX}. */
    default InboxContent read(Account account, InboxResponse.RawResponse rawResponse) {
        throw new NotSupported(Feature.INBOX.label());
    }
}
