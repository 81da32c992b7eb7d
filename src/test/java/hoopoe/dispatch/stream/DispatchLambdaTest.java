package hoopoe.dispatch.stream;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.every8d.SentMessage;
import hoopoe.store.Keys;
import hoopoe.testing.LambdaResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The function {@code dispatch}, as Lambda runs it. */
@QuarkusTest
@WithTestResource(value = LambdaResource.class, scope = TestResourceScope.GLOBAL)
class DispatchLambdaTest {

    LambdaResource lambda;

    @Test
    void newDispatchesAreSentFromTheStream() {
        var id = lambda.call("send", "POST", "/v1/batches", """
                        {"account": "main", "text": "from the stream", "recipients": [
                          {"to": "0912345671"}, {"to": "0912345672"}, {"to": "0912345673"}]}""").json().getString("id");
        assertThat(state(id, 0)).isEqualTo("accepted");
        assertThat(state(id, 1)).isEqualTo("accepted");

        var failed = lambda.invoke("dispatch", "{\"Records\": [%s, %s]}".formatted(record(id, 0), record(id, 1)))
                .statusCode(200)
                .extract()
                .<List<Object>>path("batchItemFailures");

        assertThat(failed).isEmpty();
        assertThat(state(id, 0)).isEqualTo("submitted");
        assertThat(state(id, 1)).isEqualTo("submitted");
        assertThat(lambda.tenant().every8d().messages())
                .filteredOn(message -> message.text().equals("from the stream"))
                .extracting(SentMessage::mobile)
                .containsExactlyInAnyOrder("+886912345671", "+886912345672", "+886912345673");
    }

    @Test
    void aRepeatedRecordSendsNothing() {
        var id = lambda.call("send", "POST", "/v1/batches", """
                        {"account": "main", "text": "once", "recipients": [{"to": "0912345678"}]}""").json().getString("id");
        int before = lambda.tenant().asked("sendSMS");

        lambda.invoke("dispatch", "{\"Records\": [" + record(id, 0) + "]}").statusCode(200);

        assertThat(lambda.tenant().asked("sendSMS")).isEqualTo(before);
    }

    private String state(String id, int n) {
        return lambda.table().get(Keys.dispatch(id, n)).orElseThrow().text("state");
    }

    /** As the table's stream shows it to Lambda. */
    private static String record(String id, int n) {
        var key = Keys.dispatch(id, n);
        return """
                {"eventID": "1", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
                 "dynamodb": {"Keys": {"pk": {"S": "%s"}, "sk": {"S": "%s"}}, "SequenceNumber": "%d",
                  "NewImage": {"kind": {"S": "DISPATCH"}, "state": {"S": "accepted"}}}}""".formatted(key.pk(), key.sk(), 100 + n);
    }
}
