package hoopoe.dispatch.send;

import hoopoe.account.Account;
import hoopoe.batch.Recipient;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.SendResult;
import hoopoe.message.MessageReport;
import hoopoe.message.StatusFact;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.provider.SendOutcome.Unconfirmed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Translates the outcome of a send into the stored result. */
final class SendResultTranslator {

    private static final Logger LOG = Logger.getLogger(SendResultTranslator.class);

    private SendResultTranslator() {}

    /** Empty where the provider took nothing and named no reference that is new to us. */
    static Optional<SendResult> of(Account account, Lease lease, List<Recipient> to, SendOutcome outcome, Instant now) {
        if (outcome instanceof Accepted accepted) {
            return Optional.of(new SendResult(
                    account.provider(),
                    account.name(),
                    known(lease, accepted.reference()),
                    true,
                    accepted.note().isEmpty() ? null : accepted.note(),
                    null,
                    accepted.cost(),
                    accepted.unsent(),
                    now,
                    lines(lease, to, accepted.results())));
        } else if (outcome instanceof Unconfirmed unconfirmed && lease.reference() == null) {
            return unconfirmed
                    .reference()
                    .map(reference -> new SendResult(
                            account.provider(),
                            account.name(),
                            reference,
                            false,
                            unconfirmed.code(),
                            unconfirmed.text(),
                            null,
                            0,
                            now));
        }
        return Optional.empty();
    }

    /** Where we gave the call a reference, it stays, whatever the provider answered. */
    private static @Nullable String known(Lease lease, @Nullable String answered) {
        return lease.reference() == null ? answered : lease.reference();
    }

    private static Map<Integer, MessageReport> lines(Lease lease, List<Recipient> to, List<RecipientResult> results) {
        if (!results.isEmpty() && results.size() != to.size()) {
            LOG.errorf("%s: %d results for %d messages", lease.dispatch(), results.size(), to.size());
            return Map.of();
        }
        var lines = new TreeMap<Integer, MessageReport>();
        for (int i = 0; i < results.size(); i++) {
            lines.put(to.get(i).n(), line(results.get(i)));
        }
        return lines;
    }

    private static MessageReport line(RecipientResult result) {
        return MessageReport.of(result.id())
                .with(new StatusFact(
                        result.state(), null, result.code(), result.text(), null, StatusFact.Source.ANSWER));
    }

    /** What the log says of an answer that could not be written. */
    static String trace(SendOutcome outcome) {
        if (outcome instanceof Accepted accepted) {
            return accepted.trace();
        } else if (outcome instanceof Unconfirmed unconfirmed) {
            return unconfirmed.reference().orElse(unconfirmed.code());
        }
        return outcome instanceof SendOutcome.Rejected rejected ? rejected.code() : "";
    }
}
