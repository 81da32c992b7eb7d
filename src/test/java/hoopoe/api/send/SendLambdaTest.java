package hoopoe.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.every8d.SentMessage;
import hoopoe.store.Keys;
import hoopoe.testing.LambdaResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The function {@code send}, as Lambda runs it. */
@QuarkusTest
@WithTestResource(value = LambdaResource.class, scope = TestResourceScope.GLOBAL)
class SendLambdaTest {

    LambdaResource lambda;

    @Test
    void aBatchIsStoredAndSent() {
        var answer = lambda.call("send", "POST", "/v1/batches", """
                {"account": "main", "text": "stored and sent", "recipients": [{"to": "0912345678"}, {"to": "123"}]}""");

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        var id = answer.json().getString("id");
        assertThat(answer.headers()).containsEntry("Location", "/v1/batches/" + id);
        assertThat(answer.json().getInt("counts.submitted")).isEqualTo(1);
        assertThat(answer.json().getString("invalid[0].pointer")).isEqualTo("/recipients/1/to");
        var sent = lambda.tenant().every8d().batches().stream()
                .filter(batch -> batch.messages().get(0).text().equals("stored and sent"))
                .toList();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).messages()).extracting(SentMessage::mobile).containsExactly("+886912345678");
        assertThat(lambda.table().get(Keys.batch(id)).orElseThrow().text("text"))
                .isEqualTo("stored and sent");
        var dispatch = lambda.table().get(Keys.dispatch(id, 0)).orElseThrow();
        assertThat(dispatch.text("state")).isEqualTo("submitted");
        assertThat(dispatch.text("reference")).isEqualTo(sent.get(0).id());
    }

    @Test
    void aRefusedBatchReachesNobody() {
        int before = lambda.tenant().asked("sendSMS");

        var answer = lambda.call(
                "send", "POST", "/v1/batches", "{\"account\": \"main\", \"recipients\": [{\"to\": \"0912345678\"}]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(answer.json().getString("errors[0].pointer")).isEqualTo("/text");
        assertThat(lambda.tenant().asked("sendSMS")).isEqualTo(before);
    }
}
