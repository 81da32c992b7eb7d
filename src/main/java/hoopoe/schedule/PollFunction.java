package hoopoe.schedule;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.account.Accounts;
import hoopoe.api.http.DirectInvocation;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.config.Timeouts;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.Deadline;
import hoopoe.store.inbox.InboxRepository;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The function {@code poll}: called by EventBridge every minute, once for each worker, and by an operator to have inbox answers read again. */
@ApplicationScoped
public class PollFunction {

    private static final Logger LOG = Logger.getLogger(PollFunction.class);

    private final Tick tick;
    private final InboxRepository inboxRepository;
    private final Accounts accounts;
    private final Timeouts timeouts;
    private final DirectInvocation directInvocation;
    private final Metrics metrics;
    private final Clock clock;

    public PollFunction(
            Tick tick,
            InboxRepository inboxRepository,
            Accounts accounts,
            Timeouts timeouts,
            DirectInvocation directInvocation,
            Metrics metrics,
            Clock clock) {
        this.tick = tick;
        this.inboxRepository = inboxRepository;
        this.accounts = accounts;
        this.timeouts = timeouts;
        this.directInvocation = directInvocation;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Never throws: unfinished work is still due, and the next tick comes anyway. */
    @Funq("poll")
    public JsonNode poll(@Nullable TickEvent event) {
        var deadline = Deadline.in(timeouts.function(), clock);
        var account = event == null ? null : event.readAgain();
        var share = event == null ? WorkerShare.WHOLE : share(event);
        return directInvocation.answer(() -> account == null ? tick(share, deadline) : readAgain(account, deadline));
    }

    /**
     * A worker that there is not looks at everything: then two look at the same items, of which each is done once, while an
     * item in nobody's share would wait for ever.
     */
    private static WorkerShare share(TickEvent event) {
        return WorkerShare.read(event.worker(), event.of()).orElseGet(() -> {
            LOG.error("the event's worker and of are no share of the due items: this tick looks at everything");
            return WorkerShare.WHOLE;
        });
    }

    private TickSummary tick(WorkerShare share, Deadline deadline) {
        try {
            var summary = tick.run(share, deadline);
            metrics.lag(Duration.ofSeconds(summary.oldestSeconds()));
            metrics.internal(summary.failed());
            LOG.debugf("worker %d of %d: %s", share.worker(), share.of(), summary);
            return summary;
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("the tick could not look: %s", SafeStackTrace.of(e));
            return new TickSummary(0, 0, 0, 0, 0, 0, 0, 0, 1);
        }
    }

    private Again readAgain(String name, Deadline deadline) {
        var account = accounts.find(name)
                .orElseThrow(() -> ProblemCatalogue.ACCOUNT_NOT_FOUND.because("There is no account of this name."));
        var until = deadline.within(timeouts.inboxes());
        int again = inboxRepository.readAgain(account.name(), () -> !until.isOver());
        LOG.infof("inbox of account %s: %d answers are read again", account, again);
        return new Again(again, tick(WorkerShare.WHOLE, deadline));
    }

    /**
     * The response to an operator.
     *
     * @param readAgain how many answers are read again, by this tick and the next ones
     */
    @RegisterForReflection
    record Again(int readAgain, TickSummary tick) {}

    /**
     * The event that starts a tick; nothing in EventBridge's own event matters.
     *
     * @param readAgain from an operator: the account whose inbox answers that are aside are to be read again
     * @param worker from a schedule: which worker this is, from 0
     * @param of from a schedule: how many workers there are; without both, one looks at everything
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record TickEvent(
            @JsonProperty("read_again") @Nullable String readAgain,
            @JsonProperty("worker") @Nullable JsonNode worker,
            @JsonProperty("of") @Nullable JsonNode of) {}
}
