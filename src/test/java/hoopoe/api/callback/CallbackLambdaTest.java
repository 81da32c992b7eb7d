package hoopoe.api.callback;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.delivery.ProviderReference;
import hoopoe.store.Keys;
import hoopoe.testing.LambdaResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The function {@code callback}, as Lambda runs it. */
@QuarkusTest
@WithTestResource(value = LambdaResource.class, scope = TestResourceScope.GLOBAL)
class CallbackLambdaTest {

    LambdaResource lambda;

    @Test
    void aReportIsKeptAndMakesTheMessageDelivered() {
        var id = lambda.call("send", "POST", "/v1/batches", """
                        {"account": "main", "text": "reported", "recipients": [{"to": "0912345678"}]}""").json().getString("id");
        var reference = lambda.table().get(Keys.dispatch(id, 0)).orElseThrow().text("reference");

        var answer = lambda.call("callback", "GET", lambda.tenant().callbacks() + report(reference));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(events(reference)).isEqualTo(1);
        var message =
                lambda.call("status", "GET", "/v1/batches/" + id + "/messages").json();
        assertThat(message.getString("messages[0].state")).isEqualTo("delivered");
        assertThat(message.getString("messages[0].timeline[0].source")).isEqualTo("callback");
    }

    @Test
    void aStrangerLeavesNothing() {
        var answer = lambda.call("callback", "GET", "/callbacks/main/" + "x".repeat(40) + report("stranger"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(events("stranger")).isZero();
    }

    private int events(String reference) {
        var named = new ProviderReference("every8d", "main", reference);
        return lambda.table().query(Keys.reference(named), Keys.EVENTS).size();
    }

    private static String report(String reference) {
        return "?BatchID=" + reference
                + "&RM=%2b886912345678&RT=20260301120000&STATUS=100&SM=reported&ST=20260301115959&MR=1";
    }
}
