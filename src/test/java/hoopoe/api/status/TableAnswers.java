package hoopoe.api.status;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.access.Grant;
import hoopoe.access.IssuedKey;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.account.session.Session;
import hoopoe.api.credit.CreditFunction;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.keys.KeysFunction;
import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.DispatchId;
import hoopoe.inbox.InboxFetch;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.store.access.ApiKeyRepository;
import hoopoe.store.account.CreditRepository;
import hoopoe.store.account.DynamoSessionStore;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.delivery.DeliveryReportRepository;
import hoopoe.store.delivery.UnresolvedDispatches;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.MetricLog;
import hoopoe.testing.TableDump;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What today's code says of what stands in a table: by its functions, and of what no function shows by its readers. */
final class TableAnswers {

    /** With the scopes that there were. */
    private static final Grant OPERATOR = new Grant(
            ApiEvents.EVERYTHING.caller(),
            ApiEvents.EVERYTHING.key(),
            KeyKind.LIVE,
            EnumSet.complementOf(EnumSet.of(Scope.MESSAGES_CONTENT)));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 100;

    private final TickFixture tickFixture;
    private final StatusFunction status;
    private final CreditFunction credit;
    private final KeysFunction keysFunction;
    private final ApiKeyRepository keys;
    private final UnresolvedDispatches unresolvedDispatches;
    private final DynamoSessionStore sessions;
    private final CreditRepository creditRepository;
    private final DeliveryReportRepository deliveryReportRepository;

    TableAnswers(TickFixture tickFixture) {
        this.tickFixture = tickFixture;
        var beans = tickFixture.appFixture.beans;
        beans.given(new ApiGatewayAdapter(tickFixture.appFixture.clock, Duration.ofSeconds(28), MetricLog.ignored()));
        creditRepository = beans.get(CreditRepository.class);
        deliveryReportRepository = beans.get(DeliveryReportRepository.class);
        unresolvedDispatches = beans.get(UnresolvedDispatches.class);
        sessions = beans.get(DynamoSessionStore.class);
        keys = beans.get(ApiKeyRepository.class);
        status = beans.get(StatusFunction.class);
        credit = beans.get(CreditFunction.class);
        keysFunction = beans.get(KeysFunction.class);
    }

    /** @param question the list, the caller if it matters, and the parameters, with spaces between them */
    JsonNode ask(String question) {
        var words = question.split(" ");
        return switch (words[0]) {
            case "batch" -> get(words[1], "GET /v1/batches/{id}", words[2], "include=dispatches");
            case "messages" -> get(words[1], "GET /v1/batches/{id}/messages", words[2], "");
            case "batches" -> get(words[1], "GET /v1/batches", "", words.length < 3 ? "" : words[2]);
            case "replies" -> get(words[1], "GET /v1/replies", "", words.length < 3 ? "" : words[2]);
            case "accounts" -> accounts(words[1], ApiEvents.of("GET /v1/accounts", "", ""));
            case "credit" -> accounts(words[1], credit(words[2]));
            case "keys" -> keysFunction.keys(parsed("{\"list\": {}}"));
            default -> parsed(json(read(words)));
        };
    }

    private JsonNode get(String who, String route, String id, String query) {
        return parsed(status.status(as(who, ApiEvents.of(route, id, query))).getBody());
    }

    private JsonNode accounts(String who, APIGatewayV2HTTPEvent event) {
        return parsed(credit.credit(as(who, event)).getBody());
    }

    private static APIGatewayV2HTTPEvent credit(String account) {
        var event = ApiEvents.of("GET /v1/accounts/{account}/credit", "", "");
        event.setRawPath("/v1/accounts/" + account + "/credit");
        event.setPathParameters(Map.of("account", account));
        return event;
    }

    private static APIGatewayV2HTTPEvent as(String who, APIGatewayV2HTTPEvent event) {
        return who.equals("operator")
                ? ApiEvents.as(OPERATOR, event)
                : ApiEvents.as(new Grant(who, "test", KeyKind.LIVE, EnumSet.of(Scope.BATCHES_READ)), event);
    }

    /** What no function shows as it stands. */
    private Object read(String[] words) {
        return switch (words[0]) {
            case "key" -> key(keys.find(words[1]).orElseThrow());
            case "session" -> session(sessions.read(words[1]));
            case "call" -> call(new IdempotencyKey("local", words[1], words[2], words[3], words[4]));
            case "reference" -> owner(new ProviderReference("fake", "main", words[1]));
            case "events" ->
                tickFixture.callbackEventRepository.of(new ProviderReference("fake", "main", words[1])).stream()
                        .map(TableAnswers::event)
                        .sorted()
                        .toList();
            case "orphans" -> orphans(words[1], LocalDate.parse(words[2]));
            case "unconfirmed" ->
                unresolvedDispatches.unconfirmed(LocalDate.parse(words[1]), MOST).orElseThrow().stream()
                        .map(dispatch -> dispatch.id().toString())
                        .sorted()
                        .toList();
            case "check" ->
                check(tickFixture
                        .checkRepository
                        .find(new DispatchId(words[1], Integer.parseInt(words[2])))
                        .orElseThrow());
            case "due" ->
                tickFixture
                        .due
                        .upTo(tickFixture.appFixture.clock.instant().plus(Duration.ofDays(365)), shard -> true)
                        .next()
                        .stream()
                        .map(due -> line(due.at(), due.pk(), due.sk()))
                        .sorted()
                        .toList();
            case "stored" ->
                stored(tickFixture.appFixture.batchRepository.find(words[1]).orElseThrow());
            case "balance" -> balance(words[1]);
            case "answered" ->
                TableDump.of020edb9().items().stream()
                        .filter(item -> item.get("pk").s().startsWith("INBOUND#"))
                        .map(item -> ReplyId.read(item.get("sk").s()))
                        .sorted(Comparator.reverseOrder())
                        .flatMap(id -> tickFixture.replyRepository.find(id).stream())
                        .filter(reply ->
                                reply.caller() == null || reply.caller().equals(AppFixture.CALLER))
                        .map(reply -> reply.id() + " " + reply.sms().reference())
                        .toList();
            case "inbox" ->
                tickFixture.inboxRepository.open(words[1]).stream()
                        .map(TableAnswers::question)
                        .toList();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static Map<String, @Nullable Object> key(IssuedKey key) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("hash", key.hash());
        all.put("kind", key.kind().text());
        all.put("caller", key.caller());
        all.put("scopes", Scope.text(key.scopes()));
        all.put("created", text(key.created()));
        all.put("expires", text(key.expires()));
        all.put("revoked", text(key.revoked()));
        return all;
    }

    private static Map<String, @Nullable Object> session(Session session) {
        var storedKey = session.key();
        var loginLease = session.lease();
        var accountBlock = session.block();
        var loginHistory = session.logins();
        var trial = loginHistory.trial();
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("revision", session.revision());
        all.put("generation", session.generation());
        all.put("key", storedKey == null ? null : line(storedKey.value(), storedKey.day(), storedKey.version()));
        all.put("lease", loginLease == null ? null : line(loginLease.holder(), loginLease.until()));
        all.put(
                "latch",
                accountBlock == null ? null : line(accountBlock.code(), accountBlock.text(), accountBlock.since()));
        all.put("trial", trial == null ? null : line(trial.holder(), trial.version(), trial.byOperator()));
        all.put("unanswered", loginHistory.unanswered());
        all.put("busy", loginHistory.busy());
        all.put("paused_until", text(loginHistory.pausedUntil()));
        all.put("starts", loginHistory.starts().toString());
        all.put("bad", new TreeSet<>(loginHistory.bad()));
        all.put("spent", new TreeSet<>(loginHistory.spent()));
        all.put("operator_try", loginHistory.operatorTry());
        return all;
    }

    private static Map<String, @Nullable Object> stored(Batch batch) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("caller", batch.caller());
        all.put("text", batch.content().text());
        all.put("not_after", text(batch.window().notAfter()));
        all.put("last_send_at", text(batch.window().lastSendAt()));
        all.put(
                "ranges",
                batch.ranges().stream()
                        .map(messageRange -> messageRange.first() + "-" + messageRange.last())
                        .toList());
        all.put(
                "binary",
                batch.content().binary() == null
                        ? null
                        : batch.content().binary().dcs() + " "
                                + batch.content().binary().esm());
        all.put("spread", batch.progress().spread());
        all.put("settled", new TreeSet<>(batch.progress().settled()));
        all.put("expires", text(batch.lifetime().expires()));
        all.put("correlation", batch.correlation());
        return all;
    }

    private Map<String, @Nullable Object> balance(String account) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("missed", text(creditRepository.missed(account).orElse(null)));
        all.put("unreachable", text(creditRepository.unreachableSince(account).orElse(null)));
        return all;
    }

    private String call(IdempotencyKey idempotencyKey) {
        return tickFixture
                .appFixture
                .idempotencyStore
                .find(idempotencyKey)
                .map(idempotencyRecord -> line(idempotencyRecord.target(), idempotencyRecord.fingerprint()))
                .orElse("unknown");
    }

    private String owner(ProviderReference providerReference) {
        return tickFixture
                .appFixture
                .referenceRepository
                .owner(providerReference)
                .map(owner -> line(owner.dispatch(), "until", owner.expires()))
                .orElse("nobody's");
    }

    private static String event(CallbackEventRepository.Kept kept) {
        var callbackEvent = kept.event();
        var to = callbackEvent.to();
        var statusFact = callbackEvent.fact();
        return Stream.of(
                        to == null ? null : to.e164(),
                        statusFact == null ? null : statusFact.state().label(),
                        statusFact == null ? null : statusFact.at(),
                        statusFact == null ? null : statusFact.code(),
                        statusFact == null ? null : statusFact.text(),
                        statusFact == null ? null : statusFact.cost(),
                        statusFact == null ? null : statusFact.source(),
                        callbackEvent.sentAt(),
                        callbackEvent.reply(),
                        kept.orphan())
                .map(Objects::toString)
                .toList()
                .toString();
    }

    private Map<String, Object> orphans(String account, LocalDate day) {
        var all = new TreeMap<String, Object>();
        all.put("events", tickFixture.orphanEvents(account, day));
        unresolvedDispatches
                .orphans(account, day, MOST)
                .orElseThrow()
                .forEach(orphan -> all.put(
                        orphan.written(),
                        line(
                                orphan.numbers().stream()
                                        .map(PhoneNumber::e164)
                                        .sorted()
                                        .toList(),
                                orphan.first(),
                                orphan.last())));
        return all;
    }

    private Map<String, @Nullable Object> check(CheckState check) {
        var dispatch = check.dispatch();
        var resendHistory = dispatch.tries();
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("state", dispatch.state().label());
        all.put("token", dispatch.token());
        all.put("size", dispatch.size());
        all.put("attempt", dispatch.claim().attempt());
        all.put("fence", dispatch.claim().fence());
        all.put("check_fence", dispatch.checks().fence());
        all.put("deadline", text(dispatch.claim().deadline()));
        all.put("counts", dispatch.checks().counts());
        all.put("counted_at", text(dispatch.checks().countedAt()));
        all.put("events", dispatch.checks().events());
        all.put("due", text(dispatch.due()));
        all.put("page", dispatch.checks().page());
        all.put("resends", resendHistory.resends());
        all.put("claimed", text(resendHistory.claimed()));
        all.put("unconfirmed", text(resendHistory.unconfirmed()));
        all.put("resent", text(resendHistory.resent()));
        all.put("earlier", new TreeSet<>(resendHistory.references()));
        all.put("words", resendHistory.words());
        all.put("created", text(dispatch.lifetime().created()));
        all.put("expires", text(dispatch.lifetime().expires()));
        all.put("correlation", dispatch.correlation());
        all.put("polled", text(check.polled()));
        all.put("failures", check.failures());
        all.put("held", text(check.held()));
        all.put("report", deliveryReportRepository.of(check.id()).version());
        return all;
    }

    private static Map<String, @Nullable Object> question(InboxFetch question) {
        var raw = question.raw();
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("id", question.id());
        all.put("asked", text(question.asked()));
        all.put("tries", question.tries());
        all.put(
                "answer",
                raw == null
                        ? null
                        : line(
                                raw.status(),
                                raw.contentType(),
                                raw.version(),
                                new String(Objects.requireNonNull(raw.body()), StandardCharsets.UTF_8)));
        return all;
    }

    private static String line(Object... values) {
        return Arrays.stream(values).map(Object::toString).collect(Collectors.joining(" "));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
