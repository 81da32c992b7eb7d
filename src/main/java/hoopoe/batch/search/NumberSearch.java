package hoopoe.batch.search;

import hoopoe.batch.Recipient;
import hoopoe.batch.view.BatchReader;
import hoopoe.batch.view.MessageReader;
import hoopoe.batch.view.MessageView;
import hoopoe.dispatch.DispatchId;
import hoopoe.inbox.Reply;
import hoopoe.inbox.ReplySearch;
import hoopoe.message.NumberTags;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.message.SortableTime;
import hoopoe.provider.Deadline;
import hoopoe.store.Keys;
import hoopoe.store.NumberIndex;
import hoopoe.store.NumberIndex.NumberPlace;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.inbox.ReplyRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages to a number and the replies from it, newest first (decision 44). A dispatch of one recipient is found by the
 * tag of its number; of others, and of what has no tag, all that lies in the time is read.
 */
@ApplicationScoped
public class NumberSearch {

    /** The longest time that a batch is stored, as in the list of batches. */
    private static final Duration OLDEST = Duration.ofDays(366 + 3 + 3 + 90);

    /** So many dispatches and replies are read for one page, however few of them it shows. */
    private static final int MOST_READ = 200;

    /** Of which so many at once: of 10,000 recipients each has 400 KB at most. */
    private static final int AT_ONCE = 25;

    private static final Duration ENOUGH = Duration.ofSeconds(5);

    private final NumberTags numberTags;
    private final NumberIndex numberIndex;
    private final RecipientRepository recipientRepository;
    private final ReplyRepository replyRepository;
    private final BatchReader batchReader;
    private final MessageReader messageReader;
    private final Clock clock;

    public NumberSearch(
            NumberTags numberTags,
            NumberIndex numberIndex,
            RecipientRepository recipientRepository,
            ReplyRepository replyRepository,
            BatchReader batchReader,
            MessageReader messageReader,
            Clock clock) {
        this.numberTags = numberTags;
        this.numberIndex = numberIndex;
        this.recipientRepository = recipientRepository;
        this.replyRepository = replyRepository;
        this.batchReader = batchReader;
        this.messageReader = messageReader;
        this.clock = clock;
    }

    /**
     * What is searched for, and where.
     *
     * @param content whether the caller may see texts of messages
     * @param from when the batch was created, or the reply received, at the earliest; null for no limit
     * @param until before this time; null for no limit
     * @param after the place of the last one that the caller has seen; empty to begin with the newest
     */
    public record NumberQuery(
            PhoneNumber number,
            boolean content,
            @Nullable Instant from,
            @Nullable Instant until,
            String after,
            int limit) {}

    /**
     * A message to the number, or a reply from it.
     *
     * @param at when its batch was created, or when it was received
     */
    public record FoundMessage(
            Instant at,
            @Nullable MessageView message,
            @Nullable Reply reply) {}

    /** @param next the place after which the next page begins; null at the end. A short page may not be the last */
    public record FoundPage(
            List<FoundMessage> found, @Nullable String next) {}

    /** @param visible which replies the caller may see */
    public FoundPage page(ReplySearch visible, NumberQuery query, Deadline deadline) {
        var candidates = candidates(visible.caller(), query);
        var found = new ArrayList<FoundMessage>();
        for (int from = 0; from < candidates.places().size(); from += AT_ONCE) {
            var some = candidates
                    .places()
                    .subList(from, Math.min(candidates.places().size(), from + AT_ONCE));
            var recipients = recipients(query.number(), some);
            var replies = replies(query.number(), some, visible);
            for (int i = 0; i < some.size(); i++) {
                var place = some.get(i);
                found(place, recipients, replies, visible.caller(), query.content())
                        .ifPresent(found::add);
                if (found.size() == query.limit()
                        && from + i + 1 < candidates.places().size()) {
                    return new FoundPage(found, place.at());
                }
            }
            if (!deadline.leaves(ENOUGH) && from + AT_ONCE < candidates.places().size()) {
                return new FoundPage(found, some.get(some.size() - 1).at());
            }
        }
        return new FoundPage(found, candidates.end());
    }

    /** @param end the place behind which there may be more; null where there is nothing */
    public record Candidates(
            List<NumberPlace> places, @Nullable String end) {}

    /** The places where there may be a message to the number, or a reply from it, of this caller and of replies of all. */
    public Candidates candidates(String caller, NumberQuery query) {
        var lists = new ArrayList<>(List.of(Keys.sentToMany(caller), Keys.RECEIVED));
        for (var tag : numberTags.of(query.number())) {
            lists.add(Keys.sentTo(caller, tag));
            lists.add(Keys.receivedFrom(tag));
        }
        var from = first(query);
        var before = before(query);
        var places = new TreeSet<>(Comparator.comparing(NumberPlace::at).reversed());
        var end = "";
        for (var list : lists) {
            var some = numberIndex.places(list, from, before, MOST_READ);
            places.addAll(some);
            if (some.size() == MOST_READ) {
                end = later(end, some.get(MOST_READ - 1).at());
            }
        }
        var known = new ArrayList<NumberPlace>();
        for (var place : places) {
            if (place.at().compareTo(end) < 0) {
                break; // a list that was not read to its end may have others before it
            } else if (known.size() == MOST_READ) {
                end = known.get(MOST_READ - 1).at();
                break;
            }
            known.add(place);
        }
        return new Candidates(known, end.isEmpty() ? null : end);
    }

    private static String later(String one, String other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private String first(NumberQuery query) {
        return SortableTime.of(query.from() == null ? oldest() : bounded(query.from()));
    }

    private String before(NumberQuery query) {
        var end = SortableTime.of(query.until() == null ? latest() : bounded(query.until()));
        return query.after().isEmpty() || query.after().compareTo(end) > 0 ? end : query.after();
    }

    private Instant oldest() {
        return clock.instant().minus(OLDEST);
    }

    /** Clocks differ a little, as in the list of batches. */
    private Instant latest() {
        return clock.instant().plus(Duration.ofHours(1));
    }

    /** Far times do not sort as text. */
    private Instant bounded(Instant time) {
        return time.isBefore(oldest()) ? oldest() : time.isAfter(latest()) ? latest() : time;
    }

    private Map<DispatchId, Recipient> recipients(PhoneNumber number, List<NumberPlace> places) {
        var dispatches = places.stream()
                .filter(place -> !place.isReply())
                .map(NumberPlace::dispatch)
                .toList();
        return recipientRepository.having(number, dispatches);
    }

    private Map<ReplyId, Reply> replies(PhoneNumber number, List<NumberPlace> places, ReplySearch visible) {
        var ids = places.stream()
                .filter(NumberPlace::isReply)
                .map(NumberPlace::reply)
                .collect(Collectors.toSet());
        var oldest = clock.instant().minus(ReplyRepository.KEPT);
        return replyRepository.find(ids).stream()
                .filter(reply -> number.equals(reply.sms().from()))
                .filter(reply -> reply.received().isAfter(oldest))
                .filter(visible::shows)
                .collect(Collectors.toMap(Reply::id, Function.identity()));
    }

    private Optional<FoundMessage> found(
            NumberPlace place,
            Map<DispatchId, Recipient> recipients,
            Map<ReplyId, Reply> replies,
            String caller,
            boolean content) {
        if (place.isReply()) {
            return Optional.ofNullable(replies.get(place.reply()))
                    .map(reply -> new FoundMessage(place.time(), null, reply));
        }
        return Optional.ofNullable(recipients.get(place.dispatch()))
                .flatMap(recipient -> batchReader
                        .find(caller, place.dispatch().batch())
                        .flatMap(batch -> messageReader.find(batch, recipient.n(), content)))
                .map(message -> new FoundMessage(place.time(), message, null));
    }
}
