package hoopoe.batch;

import hoopoe.message.PhoneNumber;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The erasure of a person: of what one caller sent to a number, and received from it, before a time.
 *
 * @param id {@code era_} and a ULID
 * @param caller {@code owner()} of the grant that asked for it
 * @param operator whether replies are theirs, too, whose caller is not known
 * @param number whom; null once it is finished
 * @param created when it was asked for: what is sent or received later stays
 * @param cursor how far the phase is; empty at its begin
 * @param refused batches that were still being sent
 * @param due when a worker goes on; null once it is finished
 * @param finished null while it is not
 * @param revision changes with each write; 0 where it is not stored yet
 */
public record Erasure(
        String id,
        String caller,
        boolean operator,
        @Nullable PhoneNumber number,
        Instant created,
        ErasurePhase phase,
        String cursor,
        ErasureCounts counts,
        Set<String> refused,
        @Nullable Instant due,
        @Nullable Instant finished,
        int revision) {

    public static final String PREFIX = "era_";

    /** So many batches are named that were still being sent. */
    private static final int MOST_REFUSED = 1000;

    /** What a worker does now, in this order. */
    public enum ErasurePhase {
        /** Says at the references of dispatches that a person will be missing, so that no callback brings the number back. */
        MARK,
        MESSAGES,
        DELIVERIES,
        QUARANTINE,
        FINISHED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static ErasurePhase of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }

        private ErasurePhase next() {
            return values()[ordinal() + 1];
        }
    }

    /** How many were erased. After a crash some may not be counted. @param deliveries posts of events to webhook endpoints */
    public record ErasureCounts(int messages, int replies, int callbacks, int deliveries) {

        public static final ErasureCounts NONE = new ErasureCounts(0, 0, 0, 0);

        public ErasureCounts plus(ErasureCounts more) {
            return new ErasureCounts(
                    messages + more.messages,
                    replies + more.replies,
                    callbacks + more.callbacks,
                    deliveries + more.deliveries);
        }
    }

    public Erasure {
        refused = Set.copyOf(refused);
    }

    public static Erasure asked(String id, String caller, boolean operator, PhoneNumber number, Instant now) {
        return new Erasure(
                id, caller, operator, number, now, ErasurePhase.MARK, "", ErasureCounts.NONE, Set.of(), now, null, 0);
    }

    /** The same phase, further on. */
    public Erasure at(String place, ErasureCounts more) {
        return with(phase, place, more, refused, due, finished);
    }

    /** The next phase, from its begin. @param due when it begins */
    public Erasure next(Instant due) {
        return phase.next() == ErasurePhase.FINISHED
                ? new Erasure(
                        id,
                        caller,
                        operator,
                        null,
                        created,
                        ErasurePhase.FINISHED,
                        "",
                        counts,
                        refused,
                        null,
                        due,
                        revision)
                : with(phase.next(), "", ErasureCounts.NONE, refused, due, finished);
    }

    /** A batch of which a dispatch was still being sent. */
    public Erasure without(String batch) {
        var more = new TreeSet<>(refused);
        if (more.size() < MOST_REFUSED) {
            more.add(batch);
        }
        return with(phase, cursor, ErasureCounts.NONE, more, due, finished);
    }

    /** As it is stored by its next write. */
    public Erasure stored() {
        return new Erasure(
                id, caller, operator, number, created, phase, cursor, counts, refused, due, finished, revision + 1);
    }

    private Erasure with(
            ErasurePhase phase,
            String cursor,
            ErasureCounts more,
            Set<String> refused,
            @Nullable Instant due,
            @Nullable Instant finished) {
        return new Erasure(
                id,
                caller,
                operator,
                number,
                created,
                phase,
                cursor,
                counts.plus(more),
                refused,
                due,
                finished,
                revision);
    }

    /** Without the number. */
    @Override
    public String toString() {
        return id + ": " + phase.label();
    }
}
