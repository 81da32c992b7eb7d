package hoopoe.api.cancel;

import hoopoe.access.Scope;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.Problem;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.ProblemException;
import hoopoe.batch.Erasure;
import hoopoe.batch.Erasure.ErasureCounts;
import hoopoe.message.PhoneNumber;
import hoopoe.message.Ulid;
import hoopoe.store.batch.ErasureRepository;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/erasures}, {@code GET /v1/erasures/{id}}. Without idempotency keys: to erase twice is to erase once, and the
 * fingerprint of such a request would be a hash of a number that is easily reversed.
 */
@ApplicationScoped
class ErasureRoutes {

    private static final Logger LOG = Logger.getLogger(ErasureRoutes.class);

    /** Of what this cannot reach: said with each erasure, so that whoever asked knows what else is to be done. */
    private static final List<RemainsView> REMAINS = List.of(
            new RemainsView("backups", "Point-in-time recovery of the table: 35 days."),
            new RemainsView("stream", "What changed in the table, for Hoopoe's own functions: 24 hours."),
            new RemainsView("provider", "What was sent and received, for as long as the provider keeps it."),
            new RemainsView(
                    "receivers", "Events with numbers and texts that webhooks and buses have taken, or queues hold."),
            new RemainsView("inbox", "Answers of a provider's inbox that could not be imported: 30 days."),
            new RemainsView("orphans", "Callbacks that name no message of anybody: 7 days."));

    private final ErasureRepository erasureRepository;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ErasureRoutes(ErasureRepository erasureRepository, Clock clock) {
        this.erasureRepository = erasureRepository;
        this.clock = clock;
    }

    /** @param to whom: E.164 */
    @RegisterForReflection
    record ErasureRequest(@Nullable String to) {}

    /** @param state {@code in_progress} or {@code finished} */
    @RegisterForReflection
    record ErasureView(
            String id,
            String state,
            Instant createdAt,
            @Nullable Instant finishedAt,
            ErasedView erased,
            List<RefusedView> refused,
            List<RemainsView> remains) {

        static ErasureView of(Erasure erasure) {
            return new ErasureView(
                    erasure.id(),
                    erasure.finished() == null ? "in_progress" : "finished",
                    erasure.created(),
                    erasure.finished(),
                    ErasedView.of(erasure.counts()),
                    erasure.refused().stream()
                            .sorted()
                            .map(batch -> new RefusedView(
                                    batch,
                                    ProblemCatalogue.STILL_BEING_SENT.name().toLowerCase(Locale.ROOT)))
                            .toList(),
                    REMAINS);
        }
    }

    @RegisterForReflection
    record ErasedView(int messages, int replies, int callbacks, int deliveries) {
        static ErasedView of(ErasureCounts counts) {
            return new ErasedView(counts.messages(), counts.replies(), counts.callbacks(), counts.deliveries());
        }
    }

    /** @param code of the problem catalogue */
    @RegisterForReflection
    record RefusedView(String batchId, String code) {}

    @RegisterForReflection
    record RemainsView(String where, String what) {}

    ApiResponse create(ApiRequest apiRequest) {
        apiRequest.query();
        var to = apiRequest.body(ErasureRequest.class).to();
        if (to == null || !PhoneNumber.isE164(to)) {
            throw new ProblemException(Problem.at(
                    "/to", ProblemCatalogue.INVALID_REQUEST, "This is a number in E.164, as +886912345678 is."));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var asked = Erasure.asked(
                Erasure.PREFIX + Ulid.next(now, random),
                apiRequest.caller(),
                apiRequest.grant().allows(Scope.ACCOUNTS_ADMIN),
                new PhoneNumber(to),
                now);
        var stored = erasureRepository
                .put(asked)
                .orElseThrow(() -> new IllegalStateException("a new erasure is there already"));
        LOG.infof(
                "audit: erasure %s asked for by %s",
                stored.id(), apiRequest.grant().key());
        return ApiResponse.json(202, ErasureView.of(stored))
                .header("Location", apiRequest.link("/v1/erasures/" + stored.id()));
    }

    ApiResponse show(ApiRequest apiRequest) {
        apiRequest.query();
        var id = apiRequest.pathParameter("id");
        if (!id.startsWith(Erasure.PREFIX) || !Ulid.isUlid(id.substring(Erasure.PREFIX.length()))) {
            throw none();
        }
        return erasureRepository
                .find(id)
                .filter(found -> found.caller().equals(apiRequest.caller()))
                .map(found -> ApiResponse.ok(ErasureView.of(found)))
                .orElseThrow(ErasureRoutes::none);
    }

    private static ProblemException none() {
        return ProblemCatalogue.ERASURE_NOT_FOUND.because("There is no such erasure.");
    }
}
