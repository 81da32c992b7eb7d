package hoopoe.api.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.every8d.SentMessage;
import hoopoe.store.Keys;
import hoopoe.testing.LambdaResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** The function {@code erase}, as Lambda runs it. */
@QuarkusTest
@WithTestResource(value = LambdaResource.class, scope = TestResourceScope.GLOBAL)
class CancelLambdaTest {

    LambdaResource lambda;

    @Test
    void aScheduledBatchIsTakenBackFromTheProvider() {
        var later = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        var id = lambda.call("send", "POST", "/v1/batches", """
                        {"account": "main", "text": "taken back", "send_at": "%s", "recipients": [{"to": "0912345678"}]}""".formatted(later))
                .json()
                .getString("id");
        var dispatch = lambda.table().get(Keys.dispatch(id, 0)).orElseThrow();
        assertThat(dispatch.text("state")).isEqualTo("submitted");

        var answer = lambda.call("erase", "DELETE", "/v1/batches/" + id);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getInt("cancelled")).isEqualTo(1);
        var booked = lambda.tenant().every8d().batch(dispatch.text("reference")).orElseThrow();
        assertThat(booked.messages()).extracting(SentMessage::status).containsExactly(303);
        assertThat(lambda.table().get(Keys.batch(id)).orElseThrow().has("erase"))
                .isTrue();
        var dispatchAfter = lambda.table().get(Keys.dispatch(id, 0)).orElseThrow();
        assertThat(dispatchAfter.number("deleted")).isEqualTo(1);
    }

    @Test
    void nobodyCancelsWhatIsNotThere() {
        var answer = lambda.call("erase", "DELETE", "/v1/batches/b_00000000000000000000000000");

        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.json().getString("code")).isEqualTo("batch_not_found");
    }
}
