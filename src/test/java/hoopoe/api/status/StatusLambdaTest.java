package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.testing.LambdaResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The function {@code status}, as Lambda runs it. */
@QuarkusTest
@WithTestResource(value = LambdaResource.class, scope = TestResourceScope.GLOBAL)
class StatusLambdaTest {

    LambdaResource lambda;

    @Test
    void aBatchAndItsMessagesAreRead() {
        var id = lambda.call("send", "POST", "/v1/batches", """
                        {"account": "main", "text": "read back", "reference": "order-7",
                         "recipients": [{"to": "0912345678"}, {"to": "0922333444"}]}""").json().getString("id");

        var batch = lambda.call("status", "GET", "/v1/batches/" + id + "?include=dispatches");
        var messages = lambda.call("status", "GET", "/v1/batches/" + id + "/messages");

        assertThat(batch.status()).as(batch.body()).isEqualTo(200);
        assertThat(batch.json().getString("reference")).isEqualTo("order-7");
        assertThat(batch.json().getInt("counts.submitted")).isEqualTo(2);
        assertThat(batch.json().getList("dispatches.state")).isEqualTo(List.of("submitted"));
        assertThat(messages.status()).as(messages.body()).isEqualTo(200);
        assertThat(messages.json().getList("messages.id")).isEqualTo(List.of(id + "-0", id + "-1"));
        assertThat(messages.json().getList("messages.to")).isEqualTo(List.of("+886912345678", "+886922333444"));
    }

    @Test
    void whatIsNotThereIsAProblem() {
        var answer = lambda.call("status", "GET", "/v1/batches/b_00000000000000000000000000");

        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.json().getString("code")).isEqualTo("batch_not_found");
    }

    @Test
    void theContractIsOpenToEverybody() {
        var answer = lambda.call("status", "GET", "/v1/openapi.json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("openapi")).startsWith("3.");
    }
}
