package hoopoe.store;

import hoopoe.message.PhoneNumber;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * References learnt from callbacks that echo our subject: the only way to the reference of a dispatch whose answer was lost.
 */
@ApplicationScoped
public class Echoes {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern TOKEN = Pattern.compile("([0-7][0-9A-HJKMNP-TV-Z]{25})-(\\d{1,5})");

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

    /**
     * Gives the dispatch that the token names the reference that came with it, where it is of that very account, may have
     * been sent, and has no reference. A reference that is somebody's stays his.
     *
     * @param token {@link Dispatch#token()}, as it came back
     * @param number whom the callback is about: one of the dispatch's, or it names nothing
     * @return whose the reference is now; empty where it is nobody's
     * @throws Contended where others write the same items all the time
     */
    public Optional<DispatchId> name(Reference reference, String token, @Nullable PhoneNumber number) {
        return dispatch(token)
                .flatMap(dispatches::find)
                .filter(dispatch -> isWaiting(dispatch, reference.account()))
                .filter(dispatch -> number != null && isOf(dispatch, number))
                .flatMap(dispatch -> give(reference, dispatch));
    }

    private static boolean isWaiting(Dispatch dispatch, String account) {
        return dispatch.account().equals(account)
                && dispatch.reference() == null
                && (dispatch.state() == DispatchState.DISPATCHING || dispatch.state() == DispatchState.UNCONFIRMED);
    }

    private boolean isOf(Dispatch dispatch, PhoneNumber number) {
        return recipients.of(dispatch.batch(), dispatch.n()).stream()
                .anyMatch(recipient -> recipient.to().equals(number.e164()));
    }

    private Optional<DispatchId> give(Reference reference, Dispatch dispatch) {
        var writes = List.of(
                submitted(reference, dispatch.id()),
                References.own(reference.key(), dispatch.id(), dispatch.expires()));
        var patience = new Patience(PATIENCE);
        do {
            var written = table.transact(writes);
            if (written.done()) {
                return Optional.of(dispatch.id());
            } else if (written instanceof Table.Written.Refused) {
                // Its answer came after all, or another callback was first.
                return references.owner(reference).map(References.Owner::dispatch);
            }
        } while (patience.again());
        throw new Contended("reference");
    }

    private Write submitted(Reference reference, DispatchId id) {
        var now = clock.instant();
        return Due.set(Write.update(Keys.dispatch(id.batch(), id.n())), now)
                .set(DispatchItem.STATE, DispatchState.SUBMITTED.label())
                .set(DispatchItem.REFERENCE, reference.written().strip())
                .set(DispatchItem.SUBMITTED, now)
                .remove(DispatchItem.DEADLINE)
                .remove(DispatchItem.CODE)
                .remove(DispatchItem.TEXT)
                .when(
                        "{state} IN (?, ?) AND attribute_not_exists({reference}) AND {account} = ?",
                        DispatchState.DISPATCHING.label(),
                        DispatchState.UNCONFIRMED.label(),
                        reference.account());
    }

    private static Optional<DispatchId> dispatch(String token) {
        var form = TOKEN.matcher(token.strip().toUpperCase(Locale.ROOT));
        return form.matches()
                ? Optional.of(new DispatchId(Batch.PREFIX + form.group(1), Integer.parseInt(form.group(2))))
                : Optional.empty();
    }
}
