package hoopoe.dispatch.decision;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.batch.view.BatchView.Candidate;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.PhoneNumber;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.delivery.UnresolvedDispatches;
import hoopoe.store.delivery.UnresolvedDispatches.Orphan;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds references that match no dispatch and may belong to an unconfirmed one. A reference fits a dispatch where its callbacks
 * name only phone numbers of the dispatch and came after the claim and not long after, no provider time in them is long before
 * the claim, and no other unconfirmed dispatch fits. A hint for an operator: it changes nothing.
 */
@ApplicationScoped
public class CandidateReferences {

    /** How long after a send its callbacks are searched for. */
    private static final Duration WINDOW = Duration.ofDays(2);

    /** By how much clocks may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /**
     * By how much a provider's time may seem to be before its send: such times name no zone, and UTC read as Taiwan's time is 8
     * hours early; the rest is for clocks that go wrong.
     */
    private static final Duration DATED_BEFORE = Duration.ofHours(12);

    /** Most items read for a day; where there are more, it cannot be known that only one fits. */
    private static final int MOST = 100;

    private final DispatchRepository dispatchRepository;
    private final RecipientRepository recipientRepository;
    private final UnresolvedDispatches unresolvedDispatches;
    private final Clock clock;

    public CandidateReferences(
            DispatchRepository dispatchRepository,
            RecipientRepository recipientRepository,
            UnresolvedDispatches unresolvedDispatches,
            Clock clock) {
        this.dispatchRepository = dispatchRepository;
        this.recipientRepository = recipientRepository;
        this.unresolvedDispatches = unresolvedDispatches;
        this.clock = clock;
    }

    /**
     * Candidates by the number of the dispatch, only for dispatches that have any. Shared data is read once: after an outage
     * there are many unconfirmed dispatches, and as many rivals.
     */
    public Map<Integer, List<Candidate>> of(Batch batch) {
        var referenceLook = new ReferenceLook(
                remembered(day -> unresolvedDispatches.orphans(batch.account(), day, MOST)),
                remembered(day -> unresolvedDispatches.unconfirmed(day, MOST)),
                remembered(this::numbers));
        var fitting = new HashMap<Integer, List<Candidate>>();
        dispatchRepository.of(batch).stream()
                .filter(CandidateReferences::isNameless)
                .limit(MOST)
                .forEach(dispatch -> {
                    var fits = of(dispatch, referenceLook);
                    if (!fits.isEmpty()) {
                        fitting.put(dispatch.id().n(), fits);
                    }
                });
        return fitting;
    }

    /** What the search for one batch has read so far. */
    private record ReferenceLook(
            Function<LocalDate, Optional<List<Orphan>>> orphans,
            Function<LocalDate, Optional<List<Dispatch>>> unconfirmed,
            Function<DispatchId, Set<PhoneNumber>> numbers) {}

    private static <K, V> Function<K, V> remembered(Function<K, V> find) {
        var known = new HashMap<K, V>();
        return key -> known.computeIfAbsent(key, find);
    }

    private static boolean isNameless(Dispatch dispatch) {
        return dispatch.state() == DispatchState.UNCONFIRMED
                && dispatch.submission().reference() == null;
    }

    private List<Candidate> of(Dispatch dispatch, ReferenceLook referenceLook) {
        var claimed = claimed(dispatch);
        var until = claimed.plus(WINDOW);
        var orphans = each(claimed.minus(SKEW), until, referenceLook.orphans());
        if (orphans.isEmpty() || orphans.get().isEmpty()) {
            return List.of();
        }
        var rivals = each(claimed.minus(WINDOW), until, referenceLook.unconfirmed());
        return rivals.map(all -> only(dispatch, orphans.get(), all, referenceLook))
                .orElse(List.of());
    }

    private List<Candidate> only(
            Dispatch dispatch, List<Orphan> orphans, List<Dispatch> all, ReferenceLook referenceLook) {
        return orphans.stream()
                .filter(orphan -> fits(orphan, dispatch, referenceLook))
                .filter(orphan -> all.stream()
                        .filter(CandidateReferences::isNameless)
                        .filter(rival -> rival.account().equals(dispatch.account()))
                        .filter(rival -> !rival.id().equals(dispatch.id()))
                        .noneMatch(rival -> fits(orphan, rival, referenceLook)))
                .map(orphan -> new Candidate(orphan.written(), orphan.numbers().size(), orphan.first()))
                .distinct()
                .toList();
    }

    private static boolean fits(Orphan orphan, Dispatch dispatch, ReferenceLook referenceLook) {
        var claimed = claimed(dispatch);
        return !orphan.numbers().isEmpty()
                && !orphan.first().isBefore(claimed.minus(SKEW))
                && !orphan.last().isAfter(claimed.plus(WINDOW))
                && !isDatedBefore(claimed, orphan.told())
                && referenceLook.numbers().apply(dispatch.id()).containsAll(orphan.numbers());
    }

    private static boolean isDatedBefore(Instant claimed, @Nullable Instant told) {
        return told != null && told.isBefore(claimed.minus(DATED_BEFORE));
    }

    private Set<PhoneNumber> numbers(DispatchId dispatch) {
        return recipientRepository.of(dispatch.batch(), dispatch.n()).stream()
                .map(Recipient::to)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static Instant claimed(Dispatch dispatch) {
        return Objects.requireNonNullElse(
                dispatch.tries().claimed(), dispatch.lifetime().created());
    }

    /** The items of all days; empty where a day has too many. */
    private <T> Optional<List<T>> each(Instant from, Instant until, Function<LocalDate, Optional<List<T>>> find) {
        var now = clock.instant();
        var last = day(until.isBefore(now) ? until : now);
        var all = new ArrayList<T>();
        for (var day = day(from); !day.isAfter(last); day = day.plusDays(1)) {
            var found = find.apply(day);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(found.get());
        }
        return Optional.of(all);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
