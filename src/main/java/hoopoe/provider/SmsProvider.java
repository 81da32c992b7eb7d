package hoopoe.provider;

import hoopoe.message.PhoneNumber;
import java.util.List;
import java.util.Optional;

/**
 * One kind of provider. An account is one customer of it; every operation names the account.
 *
 * <p>Refusals are values. {@link ProviderException} is thrown only by the calls that ask (credit, report, erase, session):
 * {@link #ready} and {@link #send} always answer, whatever the provider did.
 */
public interface SmsProvider {

    /** {@code every8d}, {@code text421} or {@code smspanel}: the value of {@code hoopoe.accounts.<name>.provider}. */
    String type();

    /** What this provider can do for an account, and its limits. Data: nobody asks for a provider by name. */
    Capabilities capabilities(Account account);

    /** The number in E.164, from E.164 or one of the local forms that the provider's contract lists. */
    Optional<PhoneNumber> number(String written);

    /** What the provider would refuse in this message, before anything is stored; empty where it can be sent. */
    List<Objection> check(Account account, SendOrder order);

    /** What a message would cost: an estimate, the provider's own answer is the truth. */
    Estimate estimate(Account account, PhoneNumber to, String text);

    /**
     * Gets ready all that a send needs (secret, session key), so that nothing but the send itself follows the claim.
     *
     * @param deadline when to give up; a login under way is finished, not cut off
     */
    Readiness ready(Account account, Deadline deadline);

    /**
     * Sends once. Never repeats, follows no redirect, and tells by phase whether anything can have left.
     *
     * @param deadline the end of the invocation; the call takes at most its own limit
     */
    SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline);

    Credit credit(Account account, Deadline deadline);

    /** One page of what the provider says of one reference, from page 1. */
    ReportPage report(Account account, String reference, int page, Deadline deadline);

    EraseOutcome erase(Account account, String reference, Deadline deadline);

    /** Ends the account's session at the provider, for everybody who uses it. @return whether the provider said so */
    boolean closeSession(Account account, Deadline deadline);

    /** What a callback says. Total: what cannot be read is {@link CallbackRead.Unreadable}. */
    CallbackRead callback(Account account, CallbackRequest request);
}
