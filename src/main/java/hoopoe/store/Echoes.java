package hoopoe.store;

import hoopoe.message.PhoneNumber;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * References learnt from callbacks that echo our subject: the only way to the reference of a dispatch whose answer was lost.
 */
@ApplicationScoped
public class Echoes {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern TOKEN = Pattern.compile("([0-7][0-9A-HJKMNP-TV-Z]{25})-(\\d{1,5})(?:-(\\d{1,3}))?");

    private final Table table;
    private final References references;
    private final Dispatches dispatches;
    private final Recipients recipients;
    private final Clock clock;

    public Echoes(Table table, References references, Dispatches dispatches, Clock clock) {
        this.table = table;
        this.references = references;
        this.dispatches = dispatches;
        this.recipients = new Recipients(table);
        this.clock = clock;
    }

    /** @param number of one of its tries */
    private record Try(DispatchId dispatch, int number) {}

    /**
     * @param dispatch whose the reference is
     * @param confirmed how many messages were unconfirmed until this call named them; 0 where somebody else did, or their send was
     *     still under way
     */
    public record Named(DispatchId dispatch, int confirmed) {}

    /**
     * Gives the dispatch that the token names the reference that came with it, where it is of that very account, may have
     * been sent, and has no reference. One that came of an earlier try is kept beside it. A reference that is somebody's stays
     * his.
     *
     * @param token {@link Dispatch#token()}, as it came back
     * @param number whom the callback is about: one of the dispatch's, or it names nothing
     * @return whose the reference is now; empty where it is nobody's
     * @throws Contended where others write the same items all the time
     */
    public Optional<Named> name(Reference reference, String token, @Nullable PhoneNumber number) {
        return tried(token).flatMap(named -> dispatches
                .find(named.dispatch())
                .filter(dispatch -> dispatch.account().equals(reference.account()))
                .filter(dispatch -> number != null && isOf(dispatch, number))
                .flatMap(dispatch -> give(reference, dispatch, named.number())));
    }

    private Optional<Named> give(Reference reference, Dispatch dispatch, int tried) {
        int last = dispatch.tries().resends();
        if (tried < last) {
            return give(reference, dispatch, earlier(reference, dispatch, tried), 0);
        }
        return tried == last && isWaiting(dispatch)
                ? give(
                        reference,
                        dispatch,
                        submitted(reference, dispatch, tried),
                        dispatch.state() == DispatchState.UNCONFIRMED ? dispatch.size() : 0)
                : Optional.empty();
    }

    /** By an operator's word it may be submitted without one. */
    private static boolean isWaiting(Dispatch dispatch) {
        return dispatch.reference() == null
                && (dispatch.state() == DispatchState.DISPATCHING
                        || dispatch.state() == DispatchState.UNCONFIRMED
                        || dispatch.state() == DispatchState.SUBMITTED);
    }

    private boolean isOf(Dispatch dispatch, PhoneNumber number) {
        return recipients.of(dispatch.batch(), dispatch.n()).stream()
                .anyMatch(recipient -> recipient.to().equals(number.e164()));
    }

    private Optional<Named> give(Reference reference, Dispatch dispatch, Write write, int confirmed) {
        var writes = List.of(write, References.own(reference.key(), dispatch.id(), dispatch.expires()));
        var patience = new Patience(PATIENCE);
        do {
            var written = table.transact(writes);
            if (written.done()) {
                return Optional.of(new Named(dispatch.id(), confirmed));
            } else if (written instanceof Table.Written.Refused) {
                // Its answer came after all, or another callback was first.
                return references.owner(reference).map(owner -> new Named(owner.dispatch(), 0));
            }
        } while (patience.again());
        throw new Contended("reference");
    }

    /** Whoever comes to send it again finds what is told under that name. */
    private static Write earlier(Reference reference, Dispatch dispatch, int tried) {
        return DispatchWrite.at(dispatch.id())
                .add(DispatchItem.EARLIER, Set.of(reference.written().strip()))
                .when("{resends} > ?", tried);
    }

    private Write submitted(Reference reference, Dispatch dispatch, int tried) {
        var now = clock.instant();
        var write = DispatchWrite.certain(Due.set(DispatchWrite.at(dispatch.id()), now))
                .set(DispatchItem.STATE, DispatchState.SUBMITTED.label())
                .set(DispatchItem.REFERENCE, reference.written().strip())
                .set(DispatchItem.SUBMITTED, now)
                .remove(DispatchItem.DEADLINE)
                .remove(DispatchItem.CODE)
                .remove(DispatchItem.TEXT)
                .when(
                        "{state} IN (?, ?, ?) AND attribute_not_exists({reference}) AND {account} = ?",
                        DispatchState.DISPATCHING.label(),
                        DispatchState.UNCONFIRMED.label(),
                        DispatchState.SUBMITTED.label(),
                        reference.account());
        return tried == 0
                ? write.when("attribute_not_exists({resends}) OR {resends} = ?", 0)
                : write.when("{resends} = ?", tried);
    }

    private static Optional<Try> tried(String token) {
        var form = TOKEN.matcher(token.strip().toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        var id = new DispatchId(Batch.PREFIX + form.group(1), Integer.parseInt(form.group(2)));
        return Optional.of(new Try(id, form.group(3) == null ? 0 : Integer.parseInt(form.group(3))));
    }
}
