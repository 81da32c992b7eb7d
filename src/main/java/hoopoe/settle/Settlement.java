package hoopoe.settle;

import hoopoe.config.Timeouts;
import hoopoe.batch.check.Evidence;
import hoopoe.batch.sending.Dispatcher;
import hoopoe.observability.Metrics;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.settle.SettlementOutcome.Refused;
import hoopoe.store.Audit;
import hoopoe.store.Batch;
import hoopoe.store.Calls;
import hoopoe.store.Claim;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchId;
import hoopoe.store.DispatchState;
import hoopoe.store.Dispatches;
import hoopoe.store.Reference;
import hoopoe.store.Settled;
import hoopoe.store.Settlements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Settles by an operator's word what nobody else can: that an unconfirmed dispatch was sent, or that it was not and shall be
 * (design.md section 4). Nothing else is ever settled so.
 */
@ApplicationScoped
public class Settlement {

    private static final Logger LOG = Logger.getLogger(Settlement.class);

    /** A dispatch may change while it is looked at: a callback, a check. */
    private static final int LOOKS = 3;

    private final Accounts accounts;
    private final Providers providers;
    private final Calls calls;
    private final Dispatches dispatches;
    private final Settlements settlements;
    private final Evidence evidence;
    private final Dispatcher dispatcher;
    private final Timeouts timeouts;
    private final Metrics metrics;
    private final Clock clock;

    public Settlement(
            Accounts accounts,
            Providers providers,
            Calls calls,
            Dispatches dispatches,
            Settlements settlements,
            Evidence evidence,
            Dispatcher dispatcher,
            Timeouts timeouts,
            Metrics metrics,
            Clock clock) {
        this.accounts = accounts;
        this.providers = providers;
        this.calls = calls;
        this.dispatches = dispatches;
        this.settlements = settlements;
        this.evidence = evidence;
        this.dispatcher = dispatcher;
        this.timeouts = timeouts;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** It was sent. With a reference it is asked about like any other; without one time makes its messages unknown. */
    public SettlementOutcome confirm(Batch batch, int n, Word word, Optional<Claim> claim) {
        return earlier(batch, claim).orElseGet(() -> settle(batch, n, seen -> confirm(batch, seen, word, claim)));
    }

    /**
     * It was not sent, and shall be: at once, if that can be.
     *
     * @param deadline the end of the invocation
     */
    public SettlementOutcome resend(Batch batch, int n, Word word, Optional<Claim> claim, Deadline deadline) {
        return earlier(batch, claim).orElseGet(() -> {
            var outcome = settle(batch, n, seen -> resend(batch, seen, word, claim));
            if (outcome instanceof SettlementOutcome.Settled) {
                follow(new DispatchId(batch.id(), n), deadline);
            }
            return outcome;
        });
    }

    /** Before every other check: what was settled once stays so. */
    private Optional<SettlementOutcome> earlier(Batch batch, Optional<Claim> claim) {
        return claim.flatMap(calls::find).map(earlier -> replayed(batch, claim.orElseThrow(), earlier));
    }

    private static SettlementOutcome replayed(Batch batch, Claim claim, Calls.Earlier earlier) {
        return earlier.isSame(claim)
                ? new SettlementOutcome.Replayed(batch)
                : new Refused("idempotency_key_reused", "The key was used for another request.");
    }

    /** One look at the dispatch. */
    private interface Look {
        /** @return empty where it changed meanwhile: to be looked at again */
        Optional<SettlementOutcome> at(Dispatch seen);
    }

    private SettlementOutcome settle(Batch batch, int n, Look look) {
        for (int looks = 0; looks < LOOKS; looks++) {
            var seen = dispatches.find(batch.id(), n);
            if (seen.isEmpty()) {
                return new Refused("dispatch_not_found", "The batch has no such dispatch.");
            } else if (seen.get().state() != DispatchState.UNCONFIRMED) {
                return new Refused("dispatch_not_unconfirmed", standing(seen.get()));
            }
            var outcome = look.at(seen.get());
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return contended();
    }

    private static String standing(Dispatch seen) {
        var deleted = seen.deleted();
        var since = deleted == null || deleted == 0
                ? ""
                : ", and the provider has cancelled " + deleted + " of its " + seen.size() + " messages since";
        return "The dispatch is " + seen.state().label() + since + '.';
    }

    private static Optional<SettlementOutcome> outcome(Batch batch, Optional<Claim> claim, Settled settled) {
        if (settled instanceof Settled.Changed) {
            return Optional.empty();
        } else if (settled instanceof Settled.Done) {
            return Optional.of(new SettlementOutcome.Settled(batch));
        } else if (settled instanceof Settled.Replaced replaced) {
            return Optional.of(replayed(batch, claim.orElseThrow(), replaced.earlier()));
        } else if (settled instanceof Settled.ReferenceHeld) {
            return refused("reference_held", "Another dispatch goes by this reference.");
        } else if (settled instanceof Settled.Erased) {
            return Optional.of(takenBack());
        }
        return Optional.of(contended());
    }

    private static Optional<SettlementOutcome> refused(String code, String detail) {
        return Optional.of(new Refused(code, detail));
    }

    private Optional<SettlementOutcome> confirm(Batch batch, Dispatch seen, Word word, Optional<Claim> claim) {
        var written = word.reference();
        if (written == null || isSame(written, seen.reference())) {
            return confirm(batch, seen, null, null, word, claim);
        } else if (seen.reference() != null) {
            return refused("reference_differs", "It goes by " + seen.reference() + " already.");
        }
        var account = accounts.find(seen.account());
        if (account.isEmpty()) {
            return refused("account_not_found", "Its account is not configured any more.");
        } else if (providers.objection(account.get()).isPresent()) {
            return refused("account_misconfigured", "The settings of its account are wrong.");
        }
        var reference = new Reference(account.get().provider(), seen.account(), written);
        if (!isAskedByMessage(account.get())) {
            return confirm(batch, seen, reference, null, word, claim);
        }
        return seen.size() == 1
                ? confirm(batch, seen, reference, batch.ranges().get(seen.n()).first(), word, claim)
                : refused(
                        "not_supported_by_provider",
                        "The provider has a reference for each message, and none for all of them.");
    }

    /** @param message the only one, where it is what the reference stands for */
    private Optional<SettlementOutcome> confirm(
            Batch batch,
            Dispatch seen,
            @Nullable Reference reference,
            @Nullable Integer message,
            Word word,
            Optional<Claim> claim) {
        var audit = audit(seen, Audit.Word.CONFIRMED, word);
        return outcome(batch, claim, logged(seen, audit, settlements.confirm(seen, reference, message, audit, claim)));
    }

    private boolean isAskedByMessage(Account account) {
        return providers.of(account).capabilities(account).isAskedByMessage();
    }

    /** Providers write a reference in upper case here and in lower case there. */
    private static boolean isSame(String written, @Nullable String known) {
        return known != null
                && written.strip().toLowerCase(Locale.ROOT).equals(known.strip().toLowerCase(Locale.ROOT));
    }

    private Optional<SettlementOutcome> resend(Batch batch, Dispatch seen, Word word, Optional<Claim> claim) {
        var now = clock.instant();
        var free = free(seen);
        if (batch.erase() != null) {
            return Optional.of(takenBack());
        } else if (!now.isBefore(batch.notAfter())) {
            return refused("too_late_to_resend", "It would have had to be sent before " + batch.notAfter() + '.');
        } else if (now.isBefore(free)) {
            return Optional.of(new Refused(
                    "too_early_to_resend",
                    "Until " + free + " the try before may still be under way.",
                    Duration.between(now, free)));
        } else if (evidence.isTold(seen)) {
            return refused("provider_has_it", "The provider has told of it; the next check will show what.");
        }
        var audit = audit(seen, Audit.Word.RESENT, word);
        return outcome(batch, claim, logged(seen, audit, settlements.resend(seen, audit, claim)));
    }

    /** From when on nobody can be at it any more, whichever function claimed it last. */
    private Instant free(Dispatch seen) {
        var claimed = Objects.requireNonNullElse(seen.tries().claimed(), seen.created());
        return claimed.plus(timeouts.longestFunction()).plus(timeouts.lease());
    }

    private Audit audit(Dispatch seen, Audit.Word said, Word word) {
        return new Audit(
                clock.instant(),
                said,
                seen.tries().unconfirmed(),
                word.caller(),
                word.by(),
                word.reference(),
                word.note());
    }

    /** The note may name people. */
    private static Settled logged(Dispatch seen, Audit audit, Settled settled) {
        if (settled instanceof Settled.Done) {
            LOG.infof(
                    "%s is %s by the word of %s (key %s)",
                    seen.id(), audit.word().name().toLowerCase(Locale.ROOT), audit.caller(), audit.by());
        }
        return settled;
    }

    /** The word is kept, and what goes wrong from here is the tick's. */
    private void follow(DispatchId id, Deadline deadline) {
        try {
            dispatcher.dispatch(id, deadline);
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf(e, "%s is left to the tick", id);
        }
    }

    private static Refused takenBack() {
        return new Refused("batch_cancelled", "Nothing of the batch is sent any more.");
    }

    private static Refused contended() {
        return new Refused("contended", "Others change the dispatch, or ask about it, at this moment.");
    }
}
