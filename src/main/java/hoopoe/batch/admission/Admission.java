package hoopoe.batch.admission;

import hoopoe.access.Grant;
import hoopoe.batch.Counting;
import hoopoe.config.Timeouts;
import hoopoe.batch.admission.AdmissionOutcome.Admitted;
import hoopoe.batch.admission.AdmissionOutcome.Busy;
import hoopoe.batch.admission.AdmissionOutcome.DryRun;
import hoopoe.batch.admission.AdmissionOutcome.Refused;
import hoopoe.batch.admission.AdmissionOutcome.Replayed;
import hoopoe.batch.sending.Dispatcher;
import hoopoe.batch.sending.Spread;
import hoopoe.message.Ulid;
import hoopoe.observability.Metrics;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.store.Batch;
import hoopoe.store.Batches;
import hoopoe.store.Calls;
import hoopoe.store.Claim;
import hoopoe.store.NewBatch;
import hoopoe.store.Rejected;
import hoopoe.store.Replies;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Lets a batch in: looks at all of it, stores it once, and sends it at once where one dispatch suffices. */
@ApplicationScoped
public class Admission {

    private static final Logger LOG = Logger.getLogger(Admission.class);

    private final Accounts accounts;
    private final Providers providers;
    private final Calls calls;
    private final Batches batches;
    private final Replies replies;
    private final Dispatcher dispatcher;
    private final Spread spread;
    private final Timeouts timeouts;
    private final Counting counting;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Admission(
            Accounts accounts,
            Providers providers,
            Calls calls,
            Batches batches,
            Replies replies,
            Dispatcher dispatcher,
            Spread spread,
            Timeouts timeouts,
            Metrics metrics,
            Clock clock) {
        this.accounts = accounts;
        this.providers = providers;
        this.calls = calls;
        this.batches = batches;
        this.replies = replies;
        this.dispatcher = dispatcher;
        this.spread = spread;
        this.timeouts = timeouts;
        this.counting = new Counting(metrics, clock);
        this.clock = clock;
    }

    /**
     * @param claim of the call, where it has an idempotency key; a dry run has no effect and so no use for one
     * @param by who wants it
     * @param deadline the end of the invocation
     */
    public AdmissionOutcome admit(BatchRequest request, Grant by, Optional<Claim> claim, Deadline deadline) {
        var effective = request.dryRun() ? Optional.<Claim>empty() : claim;
        // Before every other check: what was admitted once stays admitted, even if it would be refused now.
        var earlier = effective.flatMap(calls::find);
        if (earlier.isPresent()) {
            return replay(effective.orElseThrow(), earlier.get());
        }
        var account = request.account() == null ? unnamed(by) : accounts.find(request.account());
        if (account.isEmpty()) {
            return request.account() == null
                    ? nameless(by)
                    : refused("account_not_found", "There is no such account.", "/account");
        } else if (!by.reaches(account.get().simulated())) {
            return liveOnly("this account");
        }
        return providers.objection(account.get()).isPresent()
                ? misconfigured()
                : admit(request, by.owner(), account.get(), effective, deadline);
    }

    /** To name one helps only where there is one to name. */
    private Refused nameless(Grant by) {
        var all = accounts.all();
        return all.isEmpty() || all.stream().anyMatch(account -> by.reaches(account.simulated()))
                ? refused("account_required", "Say which account shall send.", "/account")
                : liveOnly("any account here");
    }

    private static Refused misconfigured() {
        return new Refused("account_misconfigured", "The settings of the account are wrong.", List.of());
    }

    private static Refused liveOnly(String which) {
        return refused("account_live_only", "A test key does not send with " + which + '.', "/account");
    }

    /** The account of a batch that names none; for a test key the only simulated one where the usual one is real. */
    private Optional<Account> unnamed(Grant by) {
        var usual = accounts.defaultAccount();
        if (usual.filter(account -> by.reaches(account.simulated())).isPresent()) {
            return usual;
        }
        var reached = accounts.all().stream()
                .filter(account -> by.reaches(account.simulated()))
                .toList();
        return reached.size() == 1 ? Optional.of(reached.get(0)) : reached.isEmpty() ? usual : Optional.empty();
    }

    private AdmissionOutcome admit(
            BatchRequest request, String caller, Account account, Optional<Claim> claim, Deadline deadline) {
        var provider = providers.of(account);
        var now = clock.instant();
        var id = Batch.PREFIX + Ulid.next(now, random);
        var intake = new Intake(provider, account, request, now).read(id.substring(Batch.PREFIX.length()) + "-0");
        if (!intake.errors().isEmpty()) {
            return refused(intake.errors());
        }
        intake.answering(receivedId -> replies.writer(account.name(), receivedId));
        if (intake.accepted().isEmpty()) {
            return nobody(intake.rejected());
        }
        var draft = Draft.of(id, caller, account, provider.capabilities(account), request, intake);
        return request.dryRun() ? new DryRun(draft.batch(), draft.rejected()) : store(draft, account, claim, deadline);
    }

    private AdmissionOutcome store(Draft draft, Account account, Optional<Claim> claim, Deadline deadline) {
        var readiness = dispatcher.ready(account, deadline);
        if (readiness instanceof Readiness.Blocked blocked && blocked.isMisconfigured()) {
            return misconfigured();
        } else if (readiness instanceof Readiness.Blocked blocked) {
            return new Refused(
                    "provider_refused", "The provider refuses the account: " + blocked.code() + '.', List.of());
        }
        var inline = inline(draft, readiness, deadline);
        var added = inline.isPresent()
                ? draft.claimed(dispatcher.leaseEnd(deadline), dispatcher.staking(account))
                : draft.waiting(untouched(draft));
        return store(draft, added, inline, claim, deadline);
    }

    private AdmissionOutcome store(
            Draft draft, NewBatch added, Optional<Readiness.Ready> inline, Optional<Claim> claim, Deadline deadline) {
        var stored = batches.add(added, claim, untouched(draft));
        if (stored instanceof Batches.Stored.Replaced replaced) {
            return replay(claim.orElseThrow(), replaced.earlier());
        } else if (stored instanceof Batches.Stored.Busy) {
            return new Busy();
        } else if (stored instanceof Batches.Stored.ReceivedIdsUsed used) {
            return refused(draft.pointers(used.ids()).stream()
                    .map(pointer -> new Rejected(
                            pointer,
                            Dispatcher.RECEIVED_ID_USED,
                            "It was used before, by a message that was sent, may have been, or was refused."))
                    .toList());
        } else if (stored instanceof Batches.Stored.ReferenceHeld) {
            // Whoever sends it makes another.
            return store(draft, draft.waiting(untouched(draft)), Optional.empty(), claim, deadline);
        }
        counting.accepted(added.batch());
        follow(added, inline, deadline);
        return new Admitted(draft.batch(), draft.rejected());
    }

    private Instant untouched(Draft draft) {
        return draft.batch().created().plus(timeouts.untouched());
    }

    /** Whether it can be sent here and now. */
    private Optional<Readiness.Ready> inline(Draft draft, Readiness readiness, Deadline deadline) {
        return draft.isOneDispatch()
                        && readiness instanceof Readiness.Ready ready
                        && dispatcher.mayStart(draft.batch().created(), deadline)
                ? Optional.of(ready)
                : Optional.empty();
    }

    /** The batch is stored, and what goes wrong from here is the tick's: its caller is told that it is there. */
    private void follow(NewBatch added, Optional<Readiness.Ready> inline, Deadline deadline) {
        try {
            if (!added.batch().spread()) {
                spread.start(added);
            } else if (inline.isPresent()) {
                dispatcher.send(
                        added.batch(), added.first().lease(), added.recipients().get(0), inline.get(), deadline);
            }
        } catch (RuntimeException | VirtualMachineError e) {
            counting.internal();
            LOG.errorf(
                    e, "batch %s is stored and left to the tick", added.batch().id());
        }
    }

    private AdmissionOutcome replay(Claim claim, Calls.Earlier earlier) {
        if (!earlier.isSame(claim)) {
            return new Refused("idempotency_key_reused", "The key was used for another request.", List.of());
        }
        return batches.find(earlier.target())
                .<AdmissionOutcome>map(Replayed::new)
                .orElseThrow(() -> new IllegalStateException("a claim without its batch"));
    }

    /** What the provider cannot do for any of them it cannot do at all. */
    private static Refused nobody(List<Rejected> rejected) {
        return rejected.stream().allMatch(one -> one.code().equals(Intake.NOT_SUPPORTED))
                ? new Refused(Intake.NOT_SUPPORTED, rejected.get(0).detail(), rejected)
                : new Refused("no_valid_recipient", "No recipient can be sent to.", rejected);
    }

    private static Refused refused(String code, String detail, String pointer) {
        return new Refused(code, detail, List.of(new Rejected(pointer, code, detail)));
    }

    /** One code where there is one. */
    private static Refused refused(List<Rejected> errors) {
        var codes = errors.stream().map(Rejected::code).collect(Collectors.toSet());
        return codes.size() == 1
                ? new Refused(errors.get(0).code(), errors.get(0).detail(), errors)
                : new Refused("invalid_request", "Several things are wrong.", errors);
    }
}
