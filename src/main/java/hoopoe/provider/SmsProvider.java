package hoopoe.provider;

import hoopoe.account.Account;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.ProviderException.NotSupported;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port to one kind of provider. An account is one customer account at it; every operation names the account.
 *
 * <p>Refusals are values. {@link ProviderException} is thrown only by queries (credit, report, erase, session); {@link #ready},
 * {@link #send} and {@link #drain} return a value whatever the provider did. Methods of features that {@link #capabilities}
 * does not name are never called: an adapter inherits them from here.
 */
public interface SmsProvider {

    /** {@code every8d}, {@code text421} or {@code smspanel}: the value of {@code hoopoe.accounts.<name>.provider}. */
    String type();

    /**
     * What is wrong with an account's settings, without repeating any value; empty where they are valid. Secrets are not
     * settings. For an account with an objection only {@link #callback} is called.
     */
    default Optional<String> objection(Account account) {
        return Optional.empty();
    }

    /** What this provider can do for an account, and its limits. Services decide by this data, never by a provider's name. */
    Capabilities capabilities(Account account);

    /** The number in E.164, from E.164 or one of the local forms that the provider's contract lists. */
    Optional<PhoneNumber> number(String written);

    /** What the provider would refuse in this order, before anything is stored; empty where it can be sent. */
    List<ValidationError> check(Account account, SendOrder order);

    /** The estimated price of a message; the provider's own answer is authoritative. */
    PriceEstimate estimate(Account account, PhoneNumber to, String text);

    /**
     * Prepares everything that a send needs (secret, session key), so that only the send itself follows the claim.
     *
     * @param deadline after which nothing is started; a login in progress is finished, not cut off, so the deadline is a whole
     *     call before the end of the invocation
     */
    Readiness ready(Account account, Deadline deadline);

    /**
     * Sends once. It never repeats, follows no redirect, and proves by phase whether anything can have left.
     *
     * @param deadline the end of the invocation; the call takes at most its own limit
     */
    SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline);

    /** Feature {@code CREDIT}. */
    default Credit credit(Account account, Deadline deadline) {
        throw new NotSupported(Feature.CREDIT.label());
    }

    /** One page of the provider's reports on one dispatch, from page 1. Feature {@code DELIVERY_REPORTS}. */
    default ReportPage report(Account account, ReportQuery query, int page, Deadline deadline) {
        throw new NotSupported(Feature.DELIVERY_REPORTS.label());
    }

    /**
     * All reports of several dispatches, by reference, in one call. Called only where {@link Capabilities#reportsAtOnce} is
     * above 1.
     *
     * @param queries with about that many messages at most
     * @return a page without rows for a reference that the provider says nothing of; no page where it must be polled alone
     */
    default Map<String, ReportPage> reports(Account account, List<ReportQuery> queries, Deadline deadline) {
        throw new NotSupported(Feature.DELIVERY_REPORTS.label());
    }

    /** Feature {@code CANCEL}. */
    default CancelOutcome erase(Account account, String reference, Deadline deadline) {
        throw new NotSupported(Feature.CANCEL.label());
    }

    /**
     * Ends the account's session at the provider, for everything that uses the account. Feature {@code SESSION}.
     *
     * @return whether the provider confirmed it
     */
    default boolean closeSession(Account account, Deadline deadline) {
        throw new NotSupported(Feature.SESSION.label());
    }

    /** Reads a callback, or returns {@link CallbackContent.UnreadableCallback}. Never throws. Feature {@code CALLBACKS}. */
    default CallbackContent callback(Account account, CallbackRequest request) {
        throw new NotSupported(Feature.CALLBACKS.label());
    }

    /**
     * Takes the next messages out of the inbox, which removes them there: one call, never repeated, its answer returned raw.
     * Makes no call unless enough time is left for it and for storing its answer. Feature {@code INBOX}.
     *
     * @param deadline the end of the invocation; the call takes at most its own limit
     */
    default InboxResponse drain(Account account, Readiness.Ready ready, Deadline deadline) {
        throw new NotSupported(Feature.INBOX.label());
    }

    /** Reads such an answer, or returns {@link InboxContent.UnreadableInbox}. Never throws. Feature {@code INBOX}. */
    default InboxContent read(Account account, InboxResponse.RawResponse rawResponse) {
        throw new NotSupported(Feature.INBOX.label());
    }
}
