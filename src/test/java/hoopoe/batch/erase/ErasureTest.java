package hoopoe.batch.erase;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.api.cancel.CancelFunction;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.status.StatusFunction;
import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.batch.create.BatchRequest.RequestedRecipient;
import hoopoe.dispatch.DispatchState;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.event.WebhookDelivery;
import hoopoe.inbox.Reply;
import hoopoe.message.MessageState;
import hoopoe.store.DueItemRepository;
import hoopoe.store.delivery.CallbackQuarantine;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.TableText;
import hoopoe.testing.WebhookEndpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a person that is forgotten nothing is left, and all else is as it was. */
class ErasureTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PERSON = 77;
    private static final String NUMBER = TickFixture.number(PERSON).e164();

    /** As providers and people write it: {@code +886900000077}, {@code 0900000077}. */
    private static final String DIGITS = "900000077";

    private final TickFixture tickFixture = new TickFixture();
    private final AppFixture app = tickFixture.appFixture;
    private final CancelFunction function;
    private final StatusFunction status;
    private final ErasureDueItems worker;

    ErasureTest() {
        app.beans.given(new ApiGatewayAdapter(app.clock, Duration.ofSeconds(28), app.told.metrics()));
        function = app.beans.get(CancelFunction.class);
        status = app.beans.get(StatusFunction.class);
        worker = app.beans.get(ErasureDueItems.class);
    }

    @Test
    void nothingIsLeftOfAPersonAndAllElseIsAsItWas() {
        var alone = alone("one");
        var many = many("many", 5, PERSON, 6);
        settled(alone, "one", PERSON);
        settled(many, "many", 5, PERSON, 6);
        app.beans.get(CallbackQuarantine.class).keep("main", "no reference", "MSISDN=0" + DIGITS + "&TEXT=canary-raw");
        app.beans.get(CallbackQuarantine.class).keep("main", "no reference", "MSISDN=0900000005");
        parked();
        later();
        assertThat(dump())
                .contains(DIGITS, "canary-own", "canary-name", "canary@example.org", "canary-text", "canary-subject");
        assertThat(dump()).contains("canary-reply", "canary-raw", "canary-event");
        var before = messages(many);
        var aloneBefore = messages(alone);

        var erasure = erased();

        assertThat(dump()).doesNotContain(DIGITS, "canary");
        assertThat(erasure.path("state").asText()).isEqualTo("finished");
        assertThat(erasure.at("/erased/messages").asInt()).isEqualTo(2);
        assertThat(erasure.at("/erased/replies").asInt()).isEqualTo(2);
        assertThat(erasure.at("/erased/deliveries").asInt()).isEqualTo(1);
        assertThat(erasure.path("refused")).isEmpty();
        assertThat(erasure.path("remains")).isNotEmpty();
        var after = messages(many);
        assertThat(after.at("/messages/0")).isEqualTo(before.at("/messages/0"));
        assertThat(after.at("/messages/2")).isEqualTo(before.at("/messages/2"));
        sameButErased(before.at("/messages/1"), after.at("/messages/1"));
        sameButErased(aloneBefore.at("/messages/0"), messages(alone).at("/messages/0"));
        assertThat(search(NUMBER)).isEmpty();
        assertThat(search(TickFixture.number(5).e164())).hasSize(2); // a message and a reply
        assertThat(tickFixture.replies()).hasSize(2).noneMatch(Reply::erased);
        assertThat(dump()).contains("0900000005"); // what is quarantined of others
    }

    /** States, segments and costs stay. */
    private static void sameButErased(JsonNode before, JsonNode after) {
        assertThat(after.path("erased").asBoolean()).isTrue();
        assertThat(after.has("to")).isFalse();
        assertThat(after.has("text")).isFalse();
        for (var name :
                List.of("id", "state", "segments", "encoding", "reference", "timeline", "provider_code", "replies")) {
            assertThat(after.path(name)).as(name).isEqualTo(before.path(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "many"})
    void whatComesLaterDoesNotBringTheNumberBack(String reference) {
        var batch = reference.equals("one") ? alone("one") : many("many", 5, PERSON, 6);
        settled(batch, reference, PERSON);
        later();
        var usage = usage();
        assertThat(usage.at("/totals/0/segments").asInt()).isEqualTo(reference.equals("one") ? 2 : 1);
        erased();
        var token = tickFixture.dispatch(batch).token();

        tickFixture.calledBack(TickFixture.delivery(reference, PERSON, MessageState.DELIVERED, "late"));
        tickFixture.calledBack(TickFixture.delivery("another", PERSON, MessageState.DELIVERED, "echoed", token));
        tickFixture.calledBack(TickFixture.delivery(" ", PERSON, MessageState.DELIVERED, "token", token));
        tickFixture.checkWhenDue(batch);

        assertThat(dump()).doesNotContain(DIGITS, "canary");
        var message = messages(batch).at("/messages/" + (reference.equals("one") ? 0 : 1));
        assertThat(message.path("state").asText()).isEqualTo("delivered");
        assertThat(message.path("erased").asBoolean()).isTrue();
        assertThat(usage()).isEqualTo(usage);
    }

    private JsonNode usage() {
        return read(200, status.status(ApiEvents.of("GET /v1/usage", "", "")));
    }

    @Test
    void aLaterReplyIsANewMessageOfThatPerson() {
        var batch = alone("one");
        settled(batch, "one", PERSON);
        later();
        erased();
        later();

        tickFixture.calledBack(TickFixture.reply("one", PERSON, "here again", app.clock.instant()));

        assertThat(search(NUMBER)).hasSize(1);
        assertThat(tickFixture.replies(AppFixture.CALLER))
                .extracting(Reply::batch)
                .containsExactly(batch.id());
        later();
        erased();
        assertThat(dump()).doesNotContain(DIGITS, "here again");
    }

    @Test
    void aDispatchUnderWayIsRefused() {
        var under = many("under", 5, PERSON);
        var sent = alone("one");
        settled(sent, "one", PERSON);
        tickFixture.provider.sending(order -> FakeProvider.lost());
        var lost = app.admitted(AppFixture.request("hello", List.of(AppFixture.entry(PERSON))));
        later();

        var erasure = erased();

        assertThat(erasure.path("refused").findValuesAsText("batch_id"))
                .containsExactlyInAnyOrder(under.id(), lost.id());
        assertThat(erasure.at("/refused/0/code").asText()).isEqualTo("still_being_sent");
        assertThat(messages(under).at("/messages/1/to").asText()).isEqualTo(NUMBER);
        assertThat(messages(sent).at("/messages/0/erased").asBoolean()).isTrue();
        assertThat(tickFixture.dispatch(lost).state()).isEqualTo(DispatchState.UNCONFIRMED);
        tickFixture.calledBack(TickFixture.delivery("under", 5, MessageState.DELIVERED, "100"));
        tickFixture.calledBack(TickFixture.delivery("under", PERSON, MessageState.DELIVERED, "100"));
        tickFixture.checkWhenDue(under);
        later();
        assertThat(erased().path("refused").findValuesAsText("batch_id")).containsExactly(lost.id());
        assertThat(messages(under).at("/messages/1/erased").asBoolean()).isTrue();
    }

    @Test
    void whatIsAnotherCallersStays() {
        var batch = alone("one");
        settled(batch, "one", PERSON);
        later();
        var stranger = new Grant("stranger", "k", KeyKind.LIVE, EnumSet.of(Scope.PEOPLE_ERASE));
        var before = messages(batch);

        var id = asked(stranger);
        work();

        assertThat(messages(batch)).isEqualTo(before);
        assertThat(search(NUMBER)).hasSize(2);
        var erasure = read(200, function.cancel(ApiEvents.as(stranger, ApiEvents.of("GET /v1/erasures/{id}", id, ""))));
        assertThat(erasure.at("/erased/messages").asInt()).isZero();
        read(404, function.cancel(ApiEvents.of("GET /v1/erasures/{id}", id, "")));
    }

    /** Whatever write is the last of a process: another one ends it. */
    @Test
    void aCrashLosesNothing() {
        int reference = 0;
        var deaths = 0;
        for (int k = 0; k < 40; k++) {
            var name = "crash" + reference++;
            settled(alone(name), name, PERSON);
            later();
            asked(ApiEvents.EVERYTHING);
            app.faults.at(k, k % 2 == 0 ? FaultyDynamo.Fault.KILL_BEFORE : FaultyDynamo.Fault.KILL_AFTER);
            try {
                work();
            } catch (FaultyDynamo.Killed e) {
                deaths++;
            }
            app.faults.heal();
            work();
            assertThat(dump()).as("killed at %d", k).doesNotContain(DIGITS, "canary");
            assertThat(search(NUMBER)).isEmpty();
        }
        assertThat(deaths).isGreaterThan(5);
    }

    @Test
    void aRequestIsChecked() {
        assertThat(read(400, post(ApiEvents.EVERYTHING, "{\"to\": \"0900000077\"}"))
                        .toString())
                .doesNotContain(DIGITS)
                .contains("/to");
        read(400, post(ApiEvents.EVERYTHING, "{}"));
        var reader = new Grant("local", "k", KeyKind.LIVE, EnumSet.complementOf(EnumSet.of(Scope.PEOPLE_ERASE)));
        assertThat(read(403, post(reader, "{\"to\": \"" + NUMBER + "\"}"))
                        .path("code")
                        .asText())
                .isEqualTo("forbidden_scope");
        read(404, function.cancel(ApiEvents.of("GET /v1/erasures/{id}", "era_x", "")));
    }

    /** To the person alone. */
    private Batch alone(String reference) {
        tickFixture.provider.sending(order -> FakeProvider.accepted(reference));
        return app.admitted(new BatchRequest(
                null,
                "canary-text ".repeat(20),
                "canary-subject",
                null,
                null,
                null,
                null,
                List.of(AppFixture.entry(PERSON)),
                false));
    }

    private Batch many(String reference, int... numbers) {
        tickFixture.provider.sending(order -> FakeProvider.accepted(reference));
        var recipients = new ArrayList<RequestedRecipient>();
        for (int number : numbers) {
            recipients.add(
                    number == PERSON
                            ? new RequestedRecipient(
                                    NUMBER,
                                    "canary-own",
                                    Map.of(),
                                    "canary-name",
                                    "canary@example.org",
                                    null,
                                    "mine",
                                    null)
                            : AppFixture.entry(number));
        }
        return app.admitted(AppFixture.request("hello", recipients));
    }

    /** All are delivered, each has replied, and the batch is settled. */
    private void settled(Batch batch, String reference, int... numbers) {
        for (int number : numbers) {
            tickFixture.calledBack(TickFixture.delivery(reference, number, MessageState.DELIVERED, "100"));
            tickFixture.calledBack(TickFixture.reply(
                    reference, number, number == PERSON ? "canary-reply" : "others say", app.clock.instant()));
        }
        for (int i = 0; i < 5 && tickFixture.dispatch(batch).due() != null; i++) {
            if (i > 1) { // of the others nobody says anything
                app.clock.move(Duration.ofDays(4));
            }
            tickFixture.checkWhenDue(batch);
        }
        assertThat(tickFixture.dispatch(batch).isAtRest()).isTrue();
    }

    private void parked() {
        var endpoint = WebhookEndpoints.of(AppFixture.CALLER, "https://example.org/");
        app.beans.get(WebhookEndpointRepository.class).add(endpoint);
        var body = "{\"data\":{\"to\":\"" + NUMBER + "\",\"text\":\"canary-event\"}}";
        app.beans
                .get(WebhookDeliveryRepository.class)
                .put(WebhookDelivery.first(
                                AppFixture.CALLER,
                                endpoint.id(),
                                Event.id(app.clock.instant(), "x"),
                                EventType.MESSAGE_DELIVERED,
                                body)
                        .parked());
    }

    private void later() {
        app.clock.move(Duration.ofSeconds(5));
    }

    /** @return as it is in the end */
    private JsonNode erased() {
        var id = asked(ApiEvents.EVERYTHING);
        work();
        return read(200, function.cancel(ApiEvents.of("GET /v1/erasures/{id}", id, "")));
    }

    private String asked(Grant grant) {
        var answer = post(grant, "{\"to\": \"" + NUMBER + "\"}");
        var id = read(202, answer).path("id").asText();
        assertThat(answer.getHeaders()).containsEntry("Location", "/v1/erasures/" + id);
        return id;
    }

    private APIGatewayV2HTTPResponse post(Grant grant, String body) {
        var event = ApiEvents.as(grant, ApiEvents.of("POST /v1/erasures", "", ""));
        event.setBody(body);
        return function.cancel(event);
    }

    /** As many ticks as it takes. */
    private void work() {
        for (int i = 0; i < 8; i++) {
            var due = new DueItemRepository(tickFixture.table, 1000)
                    .upTo(app.clock.instant(), shard -> true)
                    .next();
            var ours = due.stream().filter(worker::handles).toList();
            worker.handle(ours, tickFixture.deadline());
            app.clock.move(Duration.ofMinutes(1));
        }
    }

    private JsonNode messages(Batch batch) {
        return read(200, status.status(ApiEvents.of("GET /v1/batches/{id}/messages", batch.id(), "")));
    }

    private JsonNode search(String number) {
        var event = ApiEvents.of("POST /v1/messages/search", "", "");
        event.setBody("{\"to\": \"" + number + "\"}");
        return read(200, status.status(event)).path("results");
    }

    private static JsonNode read(int status, APIGatewayV2HTTPResponse answer) {
        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
        try {
            return JSON.readTree(answer.getBody());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.getBody(), e);
        }
    }

    private String dump() {
        return TableText.of(app.healthy, app.name);
    }
}
