package hoopoe.event;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What listeners were told of one subject, and what they are being told. A subject is the messages of a dispatch or an account;
 * that of the first dispatch of a batch says of the batch too whether it is finished.
 *
 * @param version grows with every write; 0 where none is stored
 * @param states by message number; {@link #BATCH} for the batch; by what is told of an account
 * @param pending null where all was told
 */
public record PublishedStates(
        int version,
        Map<Integer, PublishedState> states,
        @Nullable PendingEvents pending) {

    /** In place of a message number. */
    public static final int BATCH = -1;

    public static final PublishedStates NONE = new PublishedStates(0, Map.of(), null);

    public PublishedStates {
        states = Collections.unmodifiableMap(new TreeMap<>(states));
    }

    /**
     * A state that is shown now.
     *
     * @param state label of a message's state, or of a batch's
     * @param code the provider's, or ours; null where there is none
     * @param at when it became so, as far as anybody said; null where nobody did
     * @param counts of a batch, its messages by state label; empty for a message
     */
    public record ShownState(
            String state, @Nullable String code, @Nullable Instant at, Map<String, Integer> counts) {}

    /**
     * A state that listeners were told, or are being told.
     *
     * @param version 1 for the first event of this message, and one more for each that follows
     * @param pending whether its event is among those that are being told now
     */
    public record PublishedState(ShownState shown, int version, boolean pending) {}

    /**
     * Events that were found and are being told: as they are stored, they are the same in each try.
     *
     * @param at when they were found
     * @param owed the sinks that have not taken all of them, by name: how many, from the first, each has taken
     * @param content whether the deployment's setting asked for numbers and texts
     */
    public record PendingEvents(Instant at, Map<String, Integer> owed, boolean content) {
        public PendingEvents {
            owed = Map.copyOf(owed);
        }
    }

    /** What a state that is shown is to one that was told. */
    public enum StateChange {
        /** Nothing new. */
        NONE,
        /** New, and no event says it; stored, so that what follows is seen as new. */
        UNTOLD,
        /** New, and to be told. */
        TOLD
    }

    /** Compares what is shown with what was told of the same subject, which is null where nothing was. */
    public interface StateChanges {

        StateChange of(int n, @Nullable ShownState told, ShownState shown);
    }

    /**
     * The next version, where some of what is shown is new.
     *
     * @param shown by message number
     * @param found what is pending, if any of it is to be told
     * @return empty where nothing is new
     */
    public Optional<PublishedStates> with(Map<Integer, ShownState> shown, StateChanges changes, PendingEvents found) {
        var next = new TreeMap<Integer, PublishedState>();
        states.forEach((n, told) -> next.put(n, new PublishedState(told.shown(), told.version(), false)));
        var isNew = false;
        for (var entry : shown.entrySet()) {
            var told = states.get(entry.getKey());
            var change = changes.of(entry.getKey(), told == null ? null : told.shown(), entry.getValue());
            if (change != StateChange.NONE) {
                var version = told == null ? 0 : told.version();
                var isTold = change == StateChange.TOLD;
                next.put(entry.getKey(), new PublishedState(entry.getValue(), isTold ? version + 1 : version, isTold));
                isNew = true;
            }
        }
        var isPending = next.values().stream().anyMatch(PublishedState::pending);
        return isNew ? Optional.of(new PublishedStates(version, next, isPending ? found : null)) : Optional.empty();
    }
}
