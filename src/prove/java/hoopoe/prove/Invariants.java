package hoopoe.prove;

import hoopoe.batch.Batch;
import hoopoe.batch.view.BatchReader;
import hoopoe.batch.view.MessageReader;
import hoopoe.batch.view.MessageView;
import hoopoe.batch.view.UsageReader;
import hoopoe.batch.view.UsageReader.UsagePeriod;
import hoopoe.delivery.Usage;
import hoopoe.delivery.Usage.UsageCount;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.inbox.ReplySearch;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.prove.MemoryTable.Change;
import hoopoe.provider.CallbackContent;
import hoopoe.store.Keys;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.dispatch.DispatchRepository;
import hoopoe.store.inbox.ReplyFeed;
import hoopoe.testing.Beans;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What must hold after every write, and when faults are over and nothing is due. */
final class Invariants {

    /** States that say that nobody got the message from us. */
    private static final Set<String> UNSENT = Set.of("rejected", "cancelled", "expired", "failed");

    /** States that only late evidence changes. */
    private static final Set<String> ENDS =
            Set.of("rejected", "cancelled", "expired", "failed", "undelivered", "delivered", "unknown");

    /** A call and its margin, in milliseconds. */
    private static final long SEND = 22_000;

    /** What others may take meanwhile. */
    private static final long SLACK = 3_000;

    private final World world;

    /** By what is counted: what dispatches say was counted, less what was. */
    private final Map<String, BigDecimal> uncounted = new TreeMap<>();

    Invariants(World world) {
        this.world = world;
    }

    /** Cheap: of the items that were written at once. */
    void after(List<Change> changes) {
        for (var change : changes) {
            after(change);
            balance(change);
        }
        check(
                uncounted.values().stream().allMatch(left -> left.signum() == 0),
                "usage is what dispatches say was counted",
                uncounted::toString);
    }

    private void balance(Change change) {
        counted(change.now()).forEach((what, number) -> uncounted.merge(what, number, BigDecimal::add));
        counted(change.before()).forEach((what, number) -> uncounted.merge(what, number.negate(), BigDecimal::add));
    }

    /** What a dispatch says, or what a counter has, as a debt. */
    private static Map<String, BigDecimal> counted(@Nullable Map<String, AttributeValue> item) {
        var counted = new TreeMap<String, BigDecimal>();
        if (item != null && item.get("pk").s().startsWith("USAGE#")) {
            item.forEach((name, value) -> {
                if (name.contains("_") && value.n() != null && !name.equals("expires_at")) {
                    counted.put(name, new BigDecimal(value.n()).negate());
                }
            });
        } else if (item != null && item.containsKey("usage")) {
            Usage.read(item.get("usage").s()).counts().forEach((state, count) -> {
                counted.put(state + "_messages", BigDecimal.valueOf(count.messages()));
                counted.put(state + "_segments", BigDecimal.valueOf(count.segments()));
                if (count.points() != null) {
                    counted.put(state + "_points", count.points());
                }
                if (count.timed() != 0) {
                    counted.put(state + "_timed", BigDecimal.valueOf(count.timed()));
                    counted.put(state + "_seconds", BigDecimal.valueOf(count.seconds()));
                }
            });
        }
        return counted;
    }

    private void after(Change change) {
        var now = change.now();
        if (now != null && now.get("sk").s().startsWith("DISPATCH#")) {
            var state = now.get("state").s();
            check(
                    now.containsKey("due_at") || !(state.equals("accepted") || state.equals("dispatching")),
                    "nothing is out of due that is not done",
                    () -> now.get("pk").s() + " is " + state + " and due never again");
            var before = change.before();
            if (state.equals("dispatching")
                    && (before == null || !before.get("state").s().equals(state))) {
                begun(now.get("pk").s().split("#")[1], before != null);
            }
        }
    }

    /** A worker claims a dispatch of a batch. */
    private void begun(String batch, boolean isStored) {
        var worker = world.scheduler.current();
        check(
                worker == null || worker.faults() > 0 || worker.left() > SEND - SLACK,
                "who sends has time for it",
                () -> batch + " with " + worker.left() + " ms left");
        var cancelled = isStored ? world.cancelled.get(batch) : null;
        check(
                worker == null || cancelled == null || !worker.began().isAfter(cancelled),
                "what is cancelled is not sent later",
                () -> batch + " was cancelled at " + cancelled);
    }

    /** A tick ends early only by what happens to the worker itself: else one's trouble would keep it from all others. */
    void failed(String function, RuntimeException e) {
        var worker = world.scheduler.current();
        check(
                !function.equals("tick") || worker.faults() > 0,
                "no work delays another's by more than a tick",
                () -> worker.name + " ended: " + e);
    }

    /** A tick in which nothing fails looks after all that is due, whatever it finds. */
    void lookedAfter(Map<String, String> before, Map<String, String> after) {
        before.forEach((place, at) -> check(
                !at.equals(after.get(place)),
                "no work delays another's by more than a tick",
                () -> place + " was due at " + at));
    }

    /** A worker has ended: in time, and what it was told without a fault since is written. */
    void ended() {
        var worker = world.scheduler.current();
        check(
                worker.faults() > 0 || worker.left() > -SLACK,
                "an invocation ends in time",
                () -> worker.name + " ended " + -worker.left() + " ms late");
        for (var answer : world.provider.answers()) {
            if (answer.worker() == worker && answer.faults() == worker.faults()) {
                var parts = answer.token().split("-");
                var n = Integer.parseInt(parts[1]);
                var dispatch =
                        world.table.find(Keys.dispatch("bat_" + parts[0], n).attributes());
                check(
                        dispatch != null
                                && (dispatch.containsKey("reference")
                                        || !answer.token().equals(token(parts[0], n, dispatch))),
                        "an answer in hand is written",
                        () -> answer.token() + " was taken, and " + AttributeValues.text(dispatch));
            }
        }
    }

    private static String token(String batch, int n, Map<String, AttributeValue> dispatch) {
        int resends = dispatch.containsKey("resends")
                ? Integer.parseInt(dispatch.get("resends").n())
                : 0;
        return new DispatchId("bat_" + batch, n).token(resends);
    }

    void atRest() {
        var beans = world.outside();
        var folded = new Folded();
        world.bus.taken().forEach(folded::add);
        var shown = new TreeMap<String, String>();
        for (var id : batches()) {
            var batch = beans.get(BatchRepository.class).find(id).orElseThrow();
            var messages = messages(beans, batch);
            messages.forEach(message -> shown.put(message.id(), message.state()));
            settled(batch, beans.get(DispatchRepository.class).of(batch));
            var tries = tries(batch, beans.get(DispatchRepository.class).of(batch));
            messages.forEach(message -> truthful(message, tries.get(message.number())));
            folded.byId.values().stream()
                    .filter(event -> batch.id().equals(event.data().get("batch_id")))
                    .forEach(event -> unsent(event, messages, tries));
            own(beans, batch);
            boolean isResent = tries.values().stream()
                    .anyMatch(dispatch -> dispatch.tries().resends() > 0);
            folded.finished(batch, messages, isResent, world.provider);
        }
        world.accepted.values().forEach(id -> check(batches().contains(id), "nothing accepted is lost", () -> id));
        folded.versions();
        check(
                folded.states().equals(shown),
                "events folded are what GET shows",
                () -> "told " + folded.states() + ", shown " + shown);
        replies(beans, folded);
        usage(beans);
        world.table
                .all()
                .forEach(item -> check(!item.containsKey("due_at"), "nothing done is due", () -> item.get("pk")
                        .s()));
    }

    private Set<String> batches() {
        return world.table.all().stream()
                .filter(item -> item.get("sk").s().equals("BATCH"))
                .map(item -> item.get("pk").s().replaceFirst("BATCH#", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<MessageView> messages(Beans beans, Batch batch) {
        return beans.get(MessageReader.class)
                .page(batch, new MessageReader.MessageQuery(null, null, true, 0, 1000))
                .messages();
    }

    private static void settled(Batch batch, List<Dispatch> dispatches) {
        check(
                dispatches.size() == batch.ranges().size()
                        && batch.progress().settled().size() == dispatches.size(),
                "every accepted message ends",
                () -> batch.id() + " has " + dispatches.size() + " dispatches of "
                        + batch.ranges().size() + ", and settled are "
                        + batch.progress().settled());
        dispatches.forEach(dispatch -> check(
                !Set.of("accepted", "dispatching").contains(dispatch.state().label()),
                "every accepted message ends",
                () -> dispatch.id() + " is " + dispatch.state()));
    }

    /** The last try of each message's dispatch, by the message's number. */
    private static Map<Integer, Dispatch> tries(Batch batch, List<Dispatch> dispatches) {
        var tries = new HashMap<Integer, Dispatch>();
        dispatches.forEach(dispatch -> {
            var range = batch.ranges().get(dispatch.id().n());
            IntStream.rangeClosed(range.first(), range.last()).forEach(n -> tries.put(n, dispatch));
        });
        return tries;
    }

    /**
     * What is sent no more often than an operator said; what is shown as not sent, and was not; what the provider says, and is shown.
     * A resend is an operator's word that the tries before sent nothing; of these, only a delivery is news.
     */
    private void truthful(MessageView message, Dispatch dispatch) {
        var number = new PhoneNumber(message.to());
        int sent = world.provider.sent().getOrDefault(message.to(), 0);
        check(
                sent <= 1 + dispatch.tries().resends(),
                "never twice without an operator's word",
                () -> message.id() + " was sent " + sent + " times");
        check(
                world.provider.sent(number, dispatch.token()) == 0 || !UNSENT.contains(message.state()),
                "nothing shown as not sent was sent",
                () -> message.id() + " is " + message.state() + ", and was sent");
        check(sent > 0 || !message.state().equals("delivered"), "nothing is delivered that was not sent", message::id);
        var fate = world.provider.fate(number);
        boolean isOfThisTry = world.provider.sent(number, dispatch.token()) > 0;
        if (sent == 1
                && fate.isPresent()
                && isTold(number, fate.get().state())
                && (isOfThisTry || fate.get().state() == MessageState.DELIVERED)) {
            check(
                    message.state().equals(fate.get().state().label()),
                    "a callback that was answered is shown",
                    () -> message.id() + " is " + message.state() + ", and the provider said "
                            + fate.get().state());
        }
    }

    private boolean isTold(PhoneNumber number, MessageState state) {
        return world.acknowledged.stream()
                .anyMatch(content -> content instanceof CallbackContent.DeliveryCallback delivery
                        && number.equals(delivery.to())
                        && delivery.fact().state() == state
                        && world.isKnown(delivery));
    }

    private void unsent(Event event, List<MessageView> messages, Map<Integer, Dispatch> tries) {
        if (UNSENT.contains(String.valueOf(event.data().get("state")))
                && event.data().containsKey("message_id")) {
            var id = event.data().get("message_id");
            messages.stream()
                    .filter(message -> message.id().equals(id))
                    .forEach(message -> check(
                            world.provider.sent(
                                            new PhoneNumber(message.to()),
                                            tries.get(message.number()).token())
                                    == 0,
                            "nothing told as not sent was sent",
                            () -> id + " was told to be " + event.data().get("state")));
        }
    }

    private void own(Beans beans, Batch batch) {
        for (int k = 0; k < 2; k++) {
            var caller = World.caller(k);
            check(
                    beans.get(BatchReader.class).find(caller, batch.id()).isPresent()
                            == caller.owner().equals(batch.caller()),
                    "callers see their own",
                    () -> caller.owner() + " and " + batch.id());
        }
    }

    /** Each message of each caller counts in the state that it shows, and each dispatch's points once. */
    private void usage(Beans beans) {
        var counted = new TreeMap<String, UsageCount>();
        var points = new TreeMap<String, BigDecimal>();
        for (var id : batches()) {
            var batch = beans.get(BatchRepository.class).find(id).orElseThrow();
            var dispatches = beans.get(DispatchRepository.class).of(batch);
            messages(beans, batch)
                    .forEach(message -> counted.merge(
                            batch.caller() + ' ' + batch.account() + ' ' + message.state(),
                            new UsageCount(1, message.segments(), null, isTimed(message, batch, dispatches) ? 1 : 0, 0),
                            UsageCount::plus));
            dispatches.stream()
                    .filter(dispatch -> dispatch.submission().cost() != null)
                    .forEach(dispatch -> points.merge(
                            batch.caller(),
                            dispatch.submission()
                                    .cost()
                                    .subtract(Objects.requireNonNullElse(
                                            dispatch.cancellation().refunded(), BigDecimal.ZERO)),
                            BigDecimal::add));
        }
        var from = Scheduler.BEGIN.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);
        var period = new UsagePeriod(from, from.plus(3, ChronoUnit.DAYS), ChronoUnit.DAYS);
        var told = new TreeMap<String, UsageCount>();
        var spent = new TreeMap<String, BigDecimal>();
        for (int k = 0; k < 2; k++) {
            for (var row :
                    beans.get(UsageReader.class).read(World.caller(k), period).totals()) {
                told.put(
                        row.caller() + ' ' + row.account() + ' ' + row.state(),
                        new UsageCount(
                                row.messages(),
                                row.segments(),
                                null,
                                row.delivery() == null ? 0 : row.delivery().messages(),
                                0));
                if (row.points() != null) {
                    spent.merge(row.caller(), new BigDecimal(row.points().amount()), BigDecimal::add);
                }
            }
        }
        check(told.equals(counted), "usage equals a recount", () -> told + ", and there are " + counted);
        points.forEach((caller, sum) -> check(
                sum.compareTo(spent.getOrDefault(caller, BigDecimal.ZERO)) == 0,
                "usage equals a recount",
                () -> caller + " spent " + sum + ", and " + spent + " is told"));
    }

    /** Whether there is a time of delivery, and one of the send. */
    private static boolean isTimed(MessageView message, Batch batch, List<Dispatch> dispatches) {
        return message.deliveredAt() != null
                && (message.sentAt() != null
                        || dispatches.stream()
                                .filter(dispatch ->
                                        batch.ranges().get(dispatch.id().n()).last() >= message.number())
                                .findFirst()
                                .filter(dispatch -> dispatch.submission().submitted() != null)
                                .isPresent());
    }

    /** Each reply that was answered is in the feed once, and told to its caller alone. */
    private void replies(Beans beans, Folded folded) {
        var feed = Stream.of("alice", "bob", "operator")
                .map(name ->
                        new ReplySearch(name, name.equals("operator"), null, null, null, Instant.EPOCH, null, 1000))
                .flatMap(search -> beans.get(ReplyFeed.class).page(search).replies().stream())
                .toList();
        world.acknowledged.stream()
                .filter(CallbackContent.ReplyCallback.class::isInstance)
                .map(CallbackContent.ReplyCallback.class::cast)
                .map(CallbackContent.ReplyCallback::text)
                .distinct()
                .forEach(text -> check(
                        feed.stream()
                                        .filter(one -> one.reply().sms().text().equals(text))
                                        .map(one -> one.reply().id())
                                        .distinct()
                                        .count()
                                == 1,
                        "each reply is kept once",
                        () -> text + ": "
                                + feed.stream()
                                        .filter(one -> one.reply().sms().text().equals(text))
                                        .count()));
        feed.stream()
                .filter(one -> one.reply().caller() != null)
                .forEach(one -> check(
                        folded.replies
                                .getOrDefault(one.reply().id().toString(), Set.of())
                                .equals(Set.of(one.reply().caller())),
                        "a reply is told to its caller",
                        () -> one.reply().id() + ": " + folded.replies));
    }

    /** What a listener knows who drops repeats by id. */
    private static final class Folded {

        private final Map<String, Event> byId = new TreeMap<>();
        private final Map<String, TreeMap<Integer, Event>> bySubject = new TreeMap<>();
        private final Map<String, Set<String>> replies = new TreeMap<>();

        void add(Event event) {
            var same = byId.put(event.id(), event);
            check(same == null || same.body(true).equals(event.body(true)), "one id has one content", event::id);
            if (event.type() == EventType.REPLY_RECEIVED) {
                replies.computeIfAbsent((String) event.data().get("reply_id"), id -> new TreeSet<>())
                        .add(event.caller());
            } else if (event.type().label().startsWith("message.")) {
                var other = bySubject
                        .computeIfAbsent((String) event.data().get("message_id"), subject -> new TreeMap<>())
                        .put((Integer) event.data().get("version"), event);
                check(other == null || other.id().equals(event.id()), "one version is one event", event::id);
            }
        }

        void versions() {
            bySubject.forEach((subject, versions) -> check(
                    versions.firstKey() == 1 && versions.lastKey() == versions.size(),
                    "versions rise by one",
                    () -> subject + ": " + versions.keySet()));
        }

        Map<String, String> states() {
            var states = new TreeMap<String, String>();
            bySubject.forEach((subject, versions) -> states.put(
                    subject, (String) versions.lastEntry().getValue().data().get("state")));
            return states;
        }

        void finished(Batch batch, List<MessageView> messages, boolean isResent, SimulatedProvider provider) {
            var told = byId.values().stream()
                    .filter(event -> event.type() == EventType.BATCH_FINISHED
                            && batch.id().equals(event.data().get("batch_id")))
                    .toList();
            check(told.size() == 1, "batch.finished comes once", () -> batch.id() + ": " + told);
            var counts = new TreeMap<String, Integer>();
            messages.forEach(message -> counts.merge(message.state(), 1, Integer::sum));
            // what an end was changed to may have come before it was told, and after it was counted
            boolean isLast = !isResent
                    && ENDS.containsAll(counts.keySet())
                    && messages.stream().noneMatch(message -> provider.isRevised(new PhoneNumber(message.to())));
            check(
                    !isLast
                            || new TreeMap<>((Map<?, ?>) told.get(0).data().get("counts")).equals(counts)
                            || !ENDS.containsAll(((Map<?, ?>) told.get(0).data().get("counts")).keySet()),
                    "batch.finished counts as one counts",
                    () -> told.get(0).data().get("counts") + ", and there are " + counts);
        }
    }

    private interface Words {
        String say();
    }

    private static void check(boolean holds, String invariant, Words what) {
        if (!holds) {
            throw new Breach(invariant, what.say());
        }
    }
}
