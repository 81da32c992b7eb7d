package hoopoe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import hoopoe.testing.Await;
import hoopoe.testing.LambdaResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The function {@code poll}, as Lambda runs it. */
@QuarkusTest
@WithTestResource(value = LambdaResource.class, scope = TestResourceScope.GLOBAL)
class PollLambdaTest {

    LambdaResource lambda;

    @Test
    void aTickAsksForReports() throws Exception {
        var id = lambda.call("send", "POST", "/v1/batches", """
                        {"account": "main", "text": "asked for", "recipients": [{"to": "0912345678"}]}""").json().getString("id");

        var state = Await.until("delivered", () -> ticked(id), "delivered"::equals);

        assertThat(state).isEqualTo("delivered");
        assertThat(lambda.tenant().asked("getDeliveryStatus")).isPositive();
        assertThat(lambda.call("status", "GET", "/v1/batches/" + id).json().getString("state"))
                .isEqualTo("completed");
    }

    @Test
    void anAccountThatIsNotThereIsNotReadAgain() {
        lambda.invoke("poll", "{\"read_again\": \"nobody\"}").body("error.code", equalTo("account_not_found"));
    }

    private String ticked(String id) {
        lambda.invoke("poll", """
                        {"version": "0", "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", "source": "aws.scheduler",
                         "detail-type": "Scheduled Event", "detail": "{}"}""").statusCode(200).body("failed", equalTo(0));
        return lambda.call("status", "GET", "/v1/batches/" + id + "/messages")
                .json()
                .getString("messages[0].state");
    }
}
