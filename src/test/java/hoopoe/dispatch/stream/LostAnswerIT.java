package hoopoe.dispatch.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.local.every8d.SentBatch;
import hoopoe.local.every8d.Switch;
import hoopoe.local.stage.CallbackAttempt;
import hoopoe.local.stage.Timings;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Delivery;
import hoopoe.local.wire.Ending;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of five dispatches that the stream hands over, the third's answer is cut off. */
@ExtendWith(SharedStack.Extension.class)
class LostAnswerIT {

    private static final String THIRD = "-2";
    private static final int CALLED_BACK = 3;

    private final Api api;
    private final Tenant tenant;

    LostAnswerIT(SharedStack shared) {
        api = shared.api();
        tenant = shared.tenant();
    }

    /** Nothing is reported before anybody says so. */
    @BeforeEach
    void prepare() {
        var never = Duration.ofDays(1);
        tenant.every8d().timings(new Timings(never, never, never, Duration.ofMillis(50)));
        tenant.every8d().faults().always("sendSMS", work -> cutOff(work.carryOut()));
    }

    @Test
    void isResolvedByCallbacksThatEchoItsSubject() throws Exception {
        var id = sendToTwoAndAHalfThousand();
        var third = third();

        callBack(third);
        var batch = Await.until(
                "known", () -> ticked(id), seen -> reference(seen, 2).equals(third.id()));

        assertThat(states(batch)).containsOnly("submitted");
        Await.until(
                "joined",
                () -> api.batch(id).path("counts"),
                counts -> counts.equals(Api.json("{\"submitted\": 2497, \"delivered\": 3}")));
        assertThat(tenant.asked("sendSMS")).isEqualTo(5);
    }

    @Test
    void staysUnconfirmedWithoutTheEchoAndNothingElseMoves() throws Exception {
        tenant.every8d().switches().set(Switch.CallbackList.WITHOUT_SUBJECT);
        var id = sendToTwoAndAHalfThousand();
        var before = moving(api.batch(id));

        callBack(third());
        for (int i = 0; i < 3; i++) {
            api.tick();
        }

        var after = api.batch(id);
        assertThat(moving(after)).isEqualTo(before);
        assertThat(after.at("/dispatches/2/candidates").findValuesAsText("reference"))
                .containsExactly(third().id());
        assertThat(tenant.asked("sendSMS")).isEqualTo(5);
        assertThat(tenant.every8d().wire().exchanges("getDeliveryStatus"))
                .noneMatch(asked -> asked.request().text().contains(third().id()));
        assertThat(tenant.every8d().messages()).hasSize(2500);
    }

    /** Callbacks that came before their reference was known are joined when it is. */
    @Test
    void whatCameWithoutTheEchoCountsOnceTheEchoCame() throws Exception {
        tenant.every8d().switches().set(Switch.CallbackList.WITHOUT_SUBJECT);
        var id = sendToTwoAndAHalfThousand();
        var third = third();
        callBack(third);
        tenant.every8d().switches().set(Switch.CallbackList.LONG);

        tenant.every8d().reply(third.id(), third.messages().get(400).mobile(), "hello?");
        var batch = Await.until(
                "known", () -> ticked(id), seen -> reference(seen, 2).equals(third.id()));

        assertThat(states(batch)).containsOnly("submitted");
        Await.until(
                "joined", () -> ticked(id), seen -> seen.at("/counts/delivered").asInt() == CALLED_BACK);
        assertThat(api.replies(id)).hasSize(1);
    }

    private String sendToTwoAndAHalfThousand() throws Exception {
        var answer = api.send(Bodies.to(tenant, 2500));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        var batch = Await.until("handed over", () -> api.batch(answer.path("id")), LostAnswerIT::isHandedOver);
        assertThat(states(batch)).containsExactly("submitted", "submitted", "unconfirmed", "submitted", "submitted");
        assertThat(batch.path("counts")).isEqualTo(Api.json("{\"submitted\": 2000, \"unconfirmed\": 500}"));
        assertThat(subjects()).hasSize(5).allSatisfy((subject, posts) -> assertThat(posts)
                .isOne());
        return answer.path("id");
    }

    private static boolean isHandedOver(JsonNode batch) {
        return batch.path("dispatches").size() == 5
                && states(batch).stream().noneMatch(List.of("accepted", "dispatching")::contains);
    }

    /** How often each subject was posted, by the wire log. */
    private Map<String, Long> subjects() {
        return tenant.every8d().wire().exchanges("sendSMS").stream()
                .map(exchange -> exchange.request().text().replaceAll("(?s).*<subject>(.*)</subject>.*", "$1"))
                .collect(Collectors.groupingBy(subject -> subject, Collectors.counting()));
    }

    /** The answer to the third dispatch, whichever call brings it. */
    private Answer cutOff(Answer answer) {
        var isThird = tenant.every8d().batches().stream()
                .filter(batch -> answer.text().contains(batch.id()))
                .anyMatch(batch -> batch.subject().endsWith(THIRD));
        return isThird ? answer.by(Delivery.cutBody(40, Ending.CLOSE)) : answer;
    }

    private SentBatch third() {
        return tenant.every8d().batches().stream()
                .filter(batch -> batch.subject().endsWith(THIRD))
                .findFirst()
                .orElseThrow();
    }

    /** Three of its messages are delivered, and the callbacks are taken. */
    private void callBack(SentBatch third) throws Exception {
        IntStream.range(0, CALLED_BACK).forEach(n -> tenant.every8d()
                .report(third.id(), third.messages().get(n).mobile(), 100));
        var attempts = Await.until("called back", () -> tenant.every8d().callbacks(), all -> all.size() >= CALLED_BACK);
        assertThat(attempts).extracting(CallbackAttempt::taken).containsOnly(true);
    }

    private JsonNode ticked(String id) throws Exception {
        api.tick();
        return api.batch(id);
    }

    private static String reference(JsonNode batch, int n) {
        return batch.at("/dispatches/" + n + "/reference").asText();
    }

    private static List<String> states(JsonNode batch) {
        return StreamSupport.stream(batch.path("dispatches").spliterator(), false)
                .map(dispatch -> dispatch.path("state").asText())
                .toList();
    }

    /** All states that could have changed, without the times of checks and without what is only shown to an operator. */
    private static List<JsonNode> moving(JsonNode batch) {
        var dispatches = batch.path("dispatches").deepCopy();
        dispatches.forEach(dispatch -> ((ObjectNode) dispatch).remove("candidates"));
        return List.of(batch.path("state"), batch.path("counts"), dispatches);
    }
}
