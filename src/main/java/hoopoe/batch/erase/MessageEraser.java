package hoopoe.batch.erase;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.Erasure;
import hoopoe.batch.Erasure.ErasureCounts;
import hoopoe.batch.search.NumberSearch;
import hoopoe.batch.search.NumberSearch.Candidates;
import hoopoe.batch.search.NumberSearch.NumberQuery;
import hoopoe.batch.view.MessageContent;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.inbox.ReplySearch;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Deadline;
import hoopoe.store.NumberIndex.NumberPlace;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.dispatch.DispatchRepository;
import hoopoe.store.inbox.ReplyRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes a person out of dispatches and replies, found as a search finds them. */
@ApplicationScoped
class MessageEraser {

    /** So many dispatches and replies are one step. */
    private static final int TOGETHER = 25;

    private final Accounts accounts;
    private final NumberSearch numberSearch;
    private final BatchRepository batchRepository;
    private final DispatchRepository dispatchRepository;
    private final RecipientRepository recipientRepository;
    private final ReplyRepository replyRepository;
    private final CallbackEraser callbackEraser;

    MessageEraser(
            Accounts accounts,
            NumberSearch numberSearch,
            BatchRepository batchRepository,
            DispatchRepository dispatchRepository,
            RecipientRepository recipientRepository,
            ReplyRepository replyRepository,
            CallbackEraser callbackEraser) {
        this.accounts = accounts;
        this.numberSearch = numberSearch;
        this.batchRepository = batchRepository;
        this.dispatchRepository = dispatchRepository;
        this.recipientRepository = recipientRepository;
        this.replyRepository = replyRepository;
        this.callbackEraser = callbackEraser;
    }

    /** Marks the next dispatches, or says which are still being sent. @return empty where none is left */
    Optional<Erasure> mark(Erasure erasure, Deadline deadline) {
        return walk(erasure, deadline, (seen, place) -> place.isReply() ? seen : mark(seen, place.dispatch()));
    }

    /** Erases from the next dispatches and replies. @return empty where none is left; the same where it is to be tried again */
    Optional<Erasure> erase(Erasure erasure, Deadline deadline) {
        return walk(
                erasure,
                deadline,
                (seen, place) -> place.isReply() ? reply(seen, place) : erase(seen, place.dispatch()));
    }

    /** @return null where the place is to be looked at again */
    private interface PlaceStep {
        @Nullable Erasure apply(Erasure seen, NumberPlace place);
    }

    private Optional<Erasure> walk(Erasure erasure, Deadline deadline, PlaceStep step) {
        var candidates = candidates(erasure);
        var some = candidates.places().stream().limit(TOGETHER).toList();
        var found = recipientRepository
                .having(
                        number(erasure),
                        some.stream()
                                .filter(place -> !place.isReply())
                                .map(NumberPlace::dispatch)
                                .toList())
                .keySet();
        var seen = erasure;
        for (var place : some) {
            if (deadline.isOver()) {
                return Optional.of(seen);
            }
            if (place.isReply() || found.contains(place.dispatch())) {
                var next = step.apply(seen, place);
                if (next == null) {
                    return Optional.of(seen);
                }
                seen = next;
            }
            seen = seen.at(place.at(), ErasureCounts.NONE);
        }
        if (some.size() < candidates.places().size()) {
            return Optional.of(seen);
        } else if (candidates.end() != null) {
            return Optional.of(seen.at(candidates.end(), ErasureCounts.NONE));
        }
        // What was refused among the last ones is stored with the place; the next walk ends at once.
        return some.isEmpty() ? Optional.empty() : Optional.of(seen);
    }

    private Candidates candidates(Erasure erasure) {
        var query = new NumberQuery(number(erasure), false, null, erasure.created(), erasure.cursor(), TOGETHER);
        return numberSearch.candidates(erasure.caller(), query);
    }

    private static PhoneNumber number(Erasure erasure) {
        return Objects.requireNonNull(erasure.number());
    }

    private Erasure mark(Erasure seen, DispatchId id) {
        var dispatch = atRest(id);
        if (dispatch.isEmpty()) {
            return seen.without(id.batch());
        }
        callbackEraser.mark(dispatch.get());
        return seen;
    }

    private Optional<Dispatch> atRest(DispatchId id) {
        return dispatchRepository.find(id).filter(Dispatch::isAtRest);
    }

    private @Nullable Erasure erase(Erasure seen, DispatchId id) {
        var dispatch = atRest(id).filter(callbackEraser::isMarked);
        var batch =
                batchRepository.find(id.batch()).filter(found -> found.caller().equals(seen.caller()));
        if (batch.isEmpty()) {
            return seen;
        } else if (dispatch.isEmpty()) {
            return seen.without(id.batch());
        }
        var number = number(seen);
        var recipient = recipientRepository.of(id.batch(), id.n()).stream()
                .filter(one -> number.equals(one.to()))
                .findFirst();
        if (recipient.isEmpty()) {
            return seen; // the search has read an older item
        }
        int callbacks =
                callbackEraser.erase(dispatch.get(), number, recipient.get().n());
        var isErased = recipientRepository.erase(
                batch.get(), dispatch.get(), number, one -> MessageContent.lengthOf(batch.get(), one));
        return isErased ? seen.at(seen.cursor(), new ErasureCounts(1, 0, callbacks, 0)) : null;
    }

    private Erasure reply(Erasure seen, NumberPlace place) {
        var reply = replyRepository
                .find(place.reply())
                .filter(found -> number(seen).equals(found.sms().from()))
                .filter(visible(seen)::shows);
        if (reply.isEmpty()) {
            return seen;
        }
        int callbacks = callbackEraser.erase(reply.get());
        replyRepository.erase(reply.get());
        return seen.at(seen.cursor(), new ErasureCounts(0, 1, callbacks, 0));
    }

    /** As in the feed. */
    private ReplySearch visible(Erasure erasure) {
        var reached = accounts.all().stream()
                .filter(account -> Grant.reaches(erasure.caller(), account.simulated()))
                .map(Account::name)
                .collect(Collectors.toSet());
        return new ReplySearch(
                erasure.caller(),
                erasure.operator(),
                Grant.isTest(erasure.caller()) ? reached : null,
                null,
                null,
                Instant.EPOCH,
                null,
                TOGETHER);
    }
}
