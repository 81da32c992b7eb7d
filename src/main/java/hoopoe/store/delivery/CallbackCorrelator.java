package hoopoe.store.delivery;

import hoopoe.batch.Batch;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.PhoneNumber;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.delivery.ReferenceRepository.Owner;
import hoopoe.store.dispatch.DispatchItem;
import hoopoe.store.dispatch.DispatchRepository;
import hoopoe.store.dispatch.DispatchWrites;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Learns references from callbacks that echo our subject: the only way to the reference of a dispatch whose answer was lost.
 */
@ApplicationScoped
public class CallbackCorrelator {

    /** How often a dispatch that changes meanwhile is read again. */
    private static final int LOOKS = 3;

    private static final Pattern TOKEN = Pattern.compile("([0-7][0-9A-HJKMNP-TV-Z]{25})-(\\d{1,5})(?:-(\\d{1,3}))?");

    private final Table table;
    private final ReferenceRepository referenceRepository;
    private final DispatchRepository dispatchRepository;
    private final RecipientRepository recipientRepository;
    private final Clock clock;

    public CallbackCorrelator(
            Table table,
            ReferenceRepository referenceRepository,
            DispatchRepository dispatchRepository,
            RecipientRepository recipientRepository,
            Clock clock) {
        this.table = table;
        this.referenceRepository = referenceRepository;
        this.dispatchRepository = dispatchRepository;
        this.recipientRepository = recipientRepository;
        this.clock = clock;
    }

    /** @param number of the try: 0 for the first send */
    private record CorrelationTry(DispatchId dispatch, int number) {

        String token() {
            return dispatch.token(number);
        }
    }

    /**
     * The dispatch that a token without a reference names.
     *
     * @param name under which its callbacks are stored: its reference, or the token where it has none or the try is an earlier
     *     one
     */
    public record Echo(Dispatch dispatch, ProviderReference name) {}

    /**
     * @param dispatch that owns the reference
     * @param confirmed how many unconfirmed messages this call confirmed; 0 where another writer did, or their send was still
     *     running
     */
    public record Named(DispatchId dispatch, int confirmed) {}

    /**
     * The dispatch of a callback with a token and no reference.
     *
     * @param token {@link Dispatch#token()}, as it came back
     * @param number that the callback is about: a recipient of the dispatch, or the token names nothing
     * @return empty where the token names no dispatch of that account
     */
    public Optional<Echo> find(String provider, String account, String token, @Nullable PhoneNumber number) {
        return number == null
                ? Optional.empty()
                : tried(token).flatMap(named -> find(named, account, number)
                        .map(dispatch ->
                                new Echo(dispatch, new ProviderReference(provider, account, nameOf(dispatch, named)))));
    }

    private Optional<Dispatch> find(CorrelationTry named, String account, PhoneNumber number) {
        return dispatchRepository
                .find(named.dispatch())
                .filter(found -> found.account().equals(account))
                .filter(found -> named.number() <= found.tries().resends())
                .filter(found -> isOf(found, number));
    }

    private static String nameOf(Dispatch dispatch, CorrelationTry named) {
        var reference = dispatch.submission().reference();
        return reference == null || named.number() < dispatch.tries().resends() ? named.token() : reference;
    }

    /**
     * The current owner of a reference. A reference that an operator typed for one dispatch loses its owner where it comes
     * with the token of another; the first dispatch is then as if it had been confirmed without a reference.
     *
     * @param token {@link Dispatch#token()}, as it came back
     * @param number that the callback is about: a recipient of the dispatch that the token names, or the token is ignored
     * @throws ContentionException where conflicts with other writers outlast the retries
     */
    public Optional<Owner> owner(
            ProviderReference providerReference, Optional<String> token, @Nullable PhoneNumber number) {
        var named = token.flatMap(CallbackCorrelator::tried);
        return number == null || named.isEmpty()
                ? referenceRepository.owner(providerReference)
                : owner(providerReference, named.get(), number);
    }

    private Optional<Owner> owner(ProviderReference providerReference, CorrelationTry named, PhoneNumber number) {
        var owner = referenceRepository.owner(providerReference);
        return owner.filter(known -> !known.dispatch().equals(named.dispatch()))
                .flatMap(other -> dispatchRepository.find(other.dispatch()))
                .filter(other -> isTyped(providerReference, other))
                .filter(other ->
                        find(named, providerReference.account(), number).isPresent())
                .map(other -> freed(providerReference, other))
                .orElse(owner);
    }

    private static boolean isTyped(ProviderReference providerReference, Dispatch dispatch) {
        var written = dispatch.submission().reference();
        return dispatch.tries().said()
                && written != null
                && ProviderReference.canonical(written)
                        .equals(ProviderReference.canonical(providerReference.written()));
    }

    /**
     * Takes a typed reference from its dispatch. The id that was typed for an only message never gets here: a provider that is
     * polled by messages sends no callbacks, so only a late answer replaces it.
     *
     * @return the owner now: none, or the one that another writer set
     */
    private Optional<Owner> freed(ProviderReference providerReference, Dispatch dispatch) {
        var write = untyped(dispatch).remove(DispatchItem.REFERENCE);
        ConflictRetry.transact(
                table,
                List.of(write, ReferenceRepository.disown(Keys.ref(providerReference), dispatch.id())),
                "reference");
        return referenceRepository.owner(providerReference);
    }

    /**
     * Gives a reference to the dispatch that the token names, where the dispatch is of that very account, may have been sent,
     * and has no reference or a typed one. A reference of an earlier try is stored beside the current one. A reference that
     * has an owner keeps it.
     *
     * @param token {@link Dispatch#token()}, as it came back
     * @param number that the callback is about: a recipient of the dispatch, or the token names nothing
     * @return the owner now; empty where there is none
     * @throws ContentionException where conflicts with other writers outlast the retries
     */
    public Optional<Named> name(ProviderReference providerReference, String token, @Nullable PhoneNumber number) {
        return number == null
                ? Optional.empty()
                : tried(token).flatMap(named -> name(providerReference, named, number, LOOKS));
    }

    private Optional<Named> name(
            ProviderReference providerReference, CorrelationTry named, PhoneNumber number, int looks) {
        var dispatch = find(named, providerReference.account(), number);
        var writes =
                dispatch.map(found -> writes(providerReference, found, named)).orElse(List.of());
        if (writes.isEmpty()) {
            return Optional.empty();
        } else if (isGiven(providerReference, dispatch.get(), writes)) {
            return Optional.of(new Named(named.dispatch(), confirmed(dispatch.get(), named.number())));
        }
        // The answer of the send came after all, another callback was first, or an operator had it sent again.
        var owner = owner(providerReference, named, number).map(known -> new Named(known.dispatch(), 0));
        return owner.isPresent() || looks == 0 ? owner : name(providerReference, named, number, looks - 1);
    }

    /** Empty where the dispatch was never sent with this token, or its reference is known. */
    private List<Write> writes(ProviderReference providerReference, Dispatch dispatch, CorrelationTry named) {
        int tried = named.number();
        if (tried < dispatch.tries().resends()) {
            return List.of(beside(providerReference, dispatch).when("{resends} > ?", tried));
        } else if (named.token().equals(providerReference.written())) {
            // It was sent, and the provider's reference is unknown.
            return isWaiting(dispatch)
                    ? List.of(named(submitted(dispatch, tried), providerReference))
                    : List.of(beside(providerReference, dispatch).when("attribute_exists({pk})"));
        } else if (isWaiting(dispatch)) {
            return List.of(submitted(dispatch, tried)
                    .set(DispatchItem.REFERENCE, providerReference.written().strip()));
        }
        return dispatch.tries().said() && dispatch.state() == DispatchState.SUBMITTED
                ? corrected(providerReference, dispatch)
                : List.of();
    }

    /** The provider's reference wins over the one that an operator typed, which is freed for its own dispatch. */
    private List<Write> corrected(ProviderReference providerReference, Dispatch dispatch) {
        var typed = new ProviderReference(
                providerReference.provider(),
                providerReference.account(),
                Objects.requireNonNull(dispatch.submission().reference()));
        var write = untyped(dispatch)
                .set(DispatchItem.REFERENCE, providerReference.written().strip());
        return List.of(write, ReferenceRepository.disown(Keys.ref(typed), dispatch.id()));
    }

    private Write untyped(Dispatch dispatch) {
        return CheckRepository.anew(DueIndex.set(DispatchWrites.at(dispatch.id()), clock.instant()))
                .remove(DispatchItem.REFERENCE_SAID)
                .when(
                        "{state} = ? AND {reference} = ? AND {reference_said} = ?",
                        DispatchState.SUBMITTED.label(),
                        dispatch.submission().reference(),
                        true);
    }

    private static int confirmed(Dispatch dispatch, int tried) {
        return tried == dispatch.tries().resends() && dispatch.state() == DispatchState.UNCONFIRMED
                ? dispatch.size()
                : 0;
    }

    /** By an operator decision it may be submitted without a reference. */
    private static boolean isWaiting(Dispatch dispatch) {
        return dispatch.submission().reference() == null
                && (dispatch.state() == DispatchState.DISPATCHING
                        || dispatch.state() == DispatchState.UNCONFIRMED
                        || dispatch.state() == DispatchState.SUBMITTED);
    }

    private boolean isOf(Dispatch dispatch, PhoneNumber number) {
        return recipientRepository.of(dispatch.id().batch(), dispatch.id().n()).stream()
                // Of an erased one nobody knows.
                .anyMatch(recipient -> recipient.to() == null || recipient.to().equals(number));
    }

    /**
     * The number of a callback as it may be stored: null where it is none of the recipients of a dispatch from which a person was
     * erased, since then it may be theirs.
     *
     * @param owner of the callback's reference, as far as it is known
     * @param token that came back; without an owner it tells the dispatch
     */
    public @Nullable PhoneNumber storable(
            @Nullable PhoneNumber number, String account, Optional<Owner> owner, Optional<String> token) {
        if (number == null || owner.isPresent() && !owner.get().erased()) {
            return number;
        }
        var dispatch = owner.map(Owner::dispatch).or(() -> token.flatMap(CallbackCorrelator::tried)
                .flatMap(named -> find(named, account, number))
                .map(Dispatch::id));
        var isErased = dispatch.map(id -> recipientRepository.of(id.batch(), id.n()))
                .filter(recipients -> recipients.stream().anyMatch(recipient -> recipient.to() == null))
                .filter(recipients -> recipients.stream().noneMatch(recipient -> number.equals(recipient.to())))
                .isPresent();
        return isErased ? null : number;
    }

    /** @return false where the dispatch has changed since it was read, or another one owns the reference */
    private boolean isGiven(ProviderReference providerReference, Dispatch dispatch, List<Write> writes) {
        writes.get(0).checkAttempt();
        var all = new ArrayList<>(writes);
        all.add(ReferenceRepository.own(
                Keys.ref(providerReference), dispatch.id(), dispatch.lifetime().expires()));
        return ConflictRetry.transact(table, all, "reference");
    }

    /** A later resend finds the callbacks under that name; one that has looked already fails, since the callback is counted. */
    private static Write beside(ProviderReference providerReference, Dispatch dispatch) {
        return named(DispatchWrites.at(dispatch.id()), providerReference);
    }

    private static Write named(Write write, ProviderReference providerReference) {
        return write.add(
                        DispatchItem.EARLIER, Set.of(providerReference.written().strip()))
                .add(DispatchItem.EVENTS, 1);
    }

    private Write submitted(Dispatch dispatch, int tried) {
        var now = clock.instant();
        var write = DispatchWrites.certain(DueIndex.set(DispatchWrites.at(dispatch.id()), now))
                .set(DispatchItem.STATE, DispatchState.SUBMITTED.label())
                .set(DispatchItem.SUBMITTED, now)
                .remove(DispatchItem.DEADLINE)
                .remove(DispatchItem.CODE)
                .remove(DispatchItem.TEXT)
                .when(
                        "{state} IN (?, ?, ?) AND attribute_not_exists({reference})",
                        DispatchState.DISPATCHING.label(),
                        DispatchState.UNCONFIRMED.label(),
                        DispatchState.SUBMITTED.label());
        return tried == 0
                ? write.when("attribute_not_exists({resends}) OR {resends} = ?", 0)
                : write.when("{resends} = ?", tried);
    }

    private static Optional<CorrelationTry> tried(String token) {
        var form = TOKEN.matcher(token.strip().toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        var id = new DispatchId(Batch.PREFIX + form.group(1), Integer.parseInt(form.group(2)));
        return Optional.of(new CorrelationTry(id, form.group(3) == null ? 0 : Integer.parseInt(form.group(3))));
    }
}
