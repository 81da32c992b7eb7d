package hoopoe.store.inbox;

import hoopoe.inbox.InboxFetch;
import hoopoe.inbox.RawInboxAnswer;
import hoopoe.message.SortableTime;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Stores how far providers' inboxes are emptied, where reading a message deletes it at the provider. One worker at a time
 * empties an account's inbox; the fetch is stored before the provider is asked, and the answer before it is parsed. The gap
 * between request and answer cannot be closed: a fetch without an answer is noted as a possible loss.
 */
@ApplicationScoped
public class InboxRepository {

    private static final String HOLDER = "holder";
    private static final String UNTIL = "until";
    private static final String EMPTIED = "emptied_at";
    private static final String FAILURE = "failure";
    private static final String LOSSES = "losses";
    private static final String LOST_AT = "lost_at";
    private static final String ASIDE = "aside";
    /** How many fetches aside are counted: their ids are in one item, of 400 KB at most. */
    private static final int MOST_COUNTED = 1_000;

    private static final Duration LOSSES_KEPT = Duration.ofDays(90);

    /** Set by Lambda: the number of a published version, else {@code $LATEST}. */
    private static final String FUNCTION_VERSION = "AWS_LAMBDA_FUNCTION_VERSION";

    private final Table table;
    private final String release;
    private final Clock clock;
    private final Set<String> looked = ConcurrentHashMap.newKeySet();

    public InboxRepository(Table table, Config config, Clock clock) {
        this.table = table;
        this.release = config.getOptionalValue(FUNCTION_VERSION, String.class).orElse("");
        this.clock = clock;
    }

    /** The right to empty an account's inbox. */
    public record InboxLease(String account, String holder) {}

    /**
     * The state of an inbox.
     *
     * @param emptied when it was last found empty, or emptied; null for never
     * @param failure why it was not emptied the last time; null where it was
     * @param losses fetches whose answers were lost, each possibly with as many messages as one answer holds
     * @param lost when the last of them was asked; null where there is none
     * @param aside answers that could not be imported, and wait for operators or another release
     */
    public record InboxStatus(
            @Nullable Instant emptied,
            @Nullable String failure,
            int losses,
            @Nullable Instant lost,
            int aside) {}

    /** @return empty where another worker empties it */
    public Optional<InboxLease> begin(String account, Instant until) {
        var inboxLease = new InboxLease(account, UUID.randomUUID().toString());
        var write = Write.update(Keys.inbox(account))
                .set(Attributes.KIND, "INBOX")
                .set(HOLDER, inboxLease.holder())
                .set(UNTIL, until)
                .when("attribute_not_exists({until}) OR {until} <= ?", clock.instant())
                .attempt(inboxLease.holder());
        return ConflictRetry.apply(table, write, "inbox") ? Optional.of(inboxLease) : Optional.empty();
    }

    /** Gives the lease back. @param failure null where the inbox is empty now */
    public void end(InboxLease inboxLease, @Nullable String failure) {
        var write = Write.update(Keys.inbox(inboxLease.account()))
                .set(FAILURE, failure)
                .remove(HOLDER)
                .remove(UNTIL)
                .when("{holder} = ?", inboxLease.holder());
        ConflictRetry.apply(table, failure == null ? write.set(EMPTIED, clock.instant()) : write, "inbox");
    }

    /** Fetches that earlier workers left open, oldest first; strongly consistent. */
    public List<InboxFetch> open(String account) {
        return table.query(Keys.inbox(account).pk(), Keys.INBOX_QUESTION).stream()
                .map(item -> InboxFetchItem.read(item, table::get))
                .toList();
    }

    /** Stores a fetch. The provider may be asked only after that. */
    public InboxFetch ask(InboxLease inboxLease) {
        var now = clock.instant();
        var id = SortableTime.of(now) + '#' + UUID.randomUUID();
        var question = new InboxFetch(inboxLease.account(), id, now, now, null, 0, 0, Set.of(), null);
        ConflictRetry.apply(table, Write.put(InboxFetchItem.of(question)).attempt(id), "inbox");
        return question;
    }

    /**
     * Stores the provider's answer, which is known nowhere else: retries until the time is over, also where the fetch was
     * given up meanwhile.
     *
     * @return the fetch with its answer; empty where the table did not take it
     */
    public Optional<InboxFetch> answer(InboxFetch question, RawInboxAnswer raw, Duration limit) {
        var answered = question.answered(raw, clock.instant());
        var parts = new ArrayDeque<>(InboxFetchItem.rest(answered));
        parts.add(InboxFetchItem.of(answered)); // last: with its answer the fetch is whole
        return ConflictRetry.until(table, limit, () -> {
            while (!parts.isEmpty() && isPut(parts.element())) {
                parts.remove();
            }
            return parts.isEmpty() ? Optional.of(answered) : Optional.empty();
        });
    }

    private boolean isPut(Item item) {
        try {
            return table.apply(Write.put(item)).done();
        } catch (SdkException e) {
            return false; // like a conflict: putting it again does no harm
        }
    }

    /** Deletes a fetch whose messages are all stored, or for which the provider was never asked. */
    public void close(InboxFetch question) {
        ConflictRetry.apply(table, Write.delete(Keys.inboxQuestion(question.account(), question.id())), "inbox");
        InboxFetchItem.rest(question).forEach(part -> ConflictRetry.apply(table, Write.delete(part.key()), "inbox"));
    }

    /** Counts one more try to import the answer, before it begins, because the worker may die in it. */
    public InboxFetch tried(InboxFetch question) {
        var tried = question.tried(clock.instant());
        var write = Write.update(Keys.inboxQuestion(question.account(), question.id()))
                .set(InboxFetchItem.TRIED, tried.tried())
                .add(InboxFetchItem.TRIES, 1)
                .when("attribute_exists({pk})");
        ConflictRetry.apply(table, write, "inbox");
        return tried;
    }

    /** Notes that the answer, and the messages that it took out, may be lost. Once, however often it is called. */
    public void lose(InboxFetch question, String code) {
        var expires = clock.instant().plus(LOSSES_KEPT).getEpochSecond();
        var loss = Item.of(Keys.inboxLoss(question.account(), question.id()))
                .with(Attributes.KIND, "INBOX_LOSS")
                .with("asked", question.asked())
                .with("code", code)
                .with(Attributes.LIST, Keys.losses(question.account()))
                .with(Attributes.LIST_AT, question.id())
                .with(Attributes.EXPIRES_AT, expires);
        var count = Write.update(Keys.inbox(question.account()))
                .set(LOST_AT, question.asked())
                .add(LOSSES, 1);
        var once = Write.putNew(loss).attempt();
        ConflictRetry.transact(
                table,
                List.of(once, count, Write.delete(Keys.inboxQuestion(question.account(), question.id()))),
                "inbox");
    }

    /**
     * Stores how far the answer is imported: the next try goes on behind its first {@code messages}.
     *
     * @param failed which of these, from 0, could not be stored: they are tried again behind all others
     * @param progress whether this try stored any: then the next one has no pause before it
     */
    public void kept(InboxFetch question, int messages, Set<Integer> failed, boolean progress) {
        var write = Write.update(Keys.inboxQuestion(question.account(), question.id()))
                .set(InboxFetchItem.KEPT_MESSAGES, messages)
                .set(InboxFetchItem.FAILED_MESSAGES, failed)
                .when("attribute_exists({pk})");
        if (progress) {
            write.remove(InboxFetchItem.TRIES).remove(InboxFetchItem.TRIED);
        }
        ConflictRetry.apply(table, write, "inbox");
    }

    /** Puts aside an answer that cannot be imported now, for operators, until it is to be read again. */
    public void putAside(InboxFetch question, String reason) {
        var open = table.get(Keys.inboxQuestion(question.account(), question.id()));
        if (open.isEmpty()) {
            return; // another worker has handled it
        }
        countNoMoreThanTheNewest(question.account());
        move(
                InboxFetchItem.aside(open.get(), reason, release),
                Keys.inboxQuestion(question.account(), question.id()),
                Write.update(Keys.inbox(question.account())).add(ASIDE, Set.of(question.id())));
    }

    /** Where very many fetches are aside, only the newest stay counted, because the size of an item is limited. */
    private void countNoMoreThanTheNewest(String account) {
        var inbox = Keys.inbox(account);
        var ids = table.get(inbox).map(item -> item.texts(ASIDE)).orElse(Set.of());
        if (ids.size() >= MOST_COUNTED) {
            var oldest =
                    ids.stream().sorted().limit(ids.size() - MOST_COUNTED / 2).collect(Collectors.toSet());
            ConflictRetry.apply(table, Write.update(inbox).takeOut(ASIDE, oldest), "inbox");
        }
    }

    /** @return false where another worker has moved or handled it */
    private boolean move(Item to, Key from, Write counted) {
        var there = Write.putNew(to).attempt();
        var gone = Write.delete(from).when("attribute_exists({pk})");
        return ConflictRetry.transact(table, List.of(there, gone, counted), "inbox");
    }

    /** Has all answers that are aside read again by the next ticks, as far as there is time. @return how many */
    public int readAgain(String account, BooleanSupplier isTime) {
        return again(account, aside(account), isTime);
    }

    /** The same, once in each process, for answers that another release of the function has put aside. */
    public int readAgainAfterRelease(String account, BooleanSupplier isTime) {
        if (looked.contains(account)) {
            return 0;
        }
        var others = aside(account).stream()
                .filter(item ->
                        !release.equals(Objects.requireNonNullElse(item.textOrNull(InboxFetchItem.RELEASE), "")))
                .toList();
        int again = others.isEmpty() ? 0 : again(account, others, isTime);
        if (again == others.size()) {
            looked.add(account);
        }
        return again;
    }

    private int again(String account, List<Item> lying, BooleanSupplier isTime) {
        int again = 0;
        for (var aside : lying) {
            if (!isTime.getAsBoolean()) {
                break;
            }
            var counted = Write.update(Keys.inbox(account)).takeOut(ASIDE, Set.of(InboxFetchItem.id(aside)));
            again += move(InboxFetchItem.again(aside, clock.instant()), aside.key(), counted) ? 1 : 0;
        }
        return again;
    }

    /** Without expired answers: TTL is late, and may have deleted some of their parts. */
    private List<Item> aside(String account) {
        long now = clock.instant().getEpochSecond();
        return table.query(Keys.inbox(account).pk(), Keys.INBOX_ASIDE).stream()
                .filter(item -> item.longNumber(Attributes.EXPIRES_AT) >= now)
                .toList();
    }

    /** How many are not expired: an id begins with the time of its fetch. */
    private int aside(Item inbox) {
        var oldest = SortableTime.of(clock.instant().minus(InboxFetchItem.KEPT));
        return (int) inbox.texts(ASIDE).stream()
                .filter(id -> id.compareTo(oldest) > 0)
                .count();
    }

    public InboxStatus standing(String account) {
        return table.get(Keys.inbox(account))
                .map(item -> new InboxStatus(
                        item.instant(EMPTIED),
                        item.textOrNull(FAILURE),
                        item.number(LOSSES),
                        item.instant(LOST_AT),
                        aside(item)))
                .orElseGet(() -> new InboxStatus(null, null, 0, null, 0));
    }
}
