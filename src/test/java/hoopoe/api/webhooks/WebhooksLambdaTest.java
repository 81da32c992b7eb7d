package hoopoe.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.store.Keys;
import hoopoe.testing.LambdaResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The function {@code webhooks}, as Lambda runs it. */
@QuarkusTest
@WithTestResource(value = LambdaResource.class, scope = TestResourceScope.GLOBAL)
class WebhooksLambdaTest {

    LambdaResource lambda;

    @Test
    void anEndpointComesAndGoes() {
        var made = lambda.call("webhooks", "POST", "/v1/webhooks", """
                {"url": "https://93.184.216.34/hook", "types": ["message.delivered"]}""");

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var id = made.json().getString("id");
        var stored = lambda.table().get(Keys.webhookEndpoint("local", id)).orElseThrow();
        assertThat(made.json().getString("secret")).isEqualTo(stored.text("secret"));
        assertThat(lambda.table().get(Keys.listener("local"))).isPresent();
        var shown = lambda.call("webhooks", "GET", "/v1/webhooks/" + id);
        assertThat(shown.json().getString("url")).isEqualTo("https://93.184.216.34/hook");
        assertThat(shown.body()).doesNotContain(stored.text("secret"));
        var changed = lambda.call("webhooks", "PATCH", "/v1/webhooks/" + id, "{\"state\": \"disabled\"}");
        assertThat(changed.json().getString("state")).isEqualTo("disabled");

        var deleted = lambda.call("webhooks", "DELETE", "/v1/webhooks/" + id);

        assertThat(deleted.status()).as(deleted.body()).isEqualTo(204);
        assertThat(lambda.table().get(Keys.listener("local"))).isEmpty();
    }

    @Test
    void nobodyCallsWhatIsInside() {
        var refused = lambda.call("webhooks", "POST", "/v1/webhooks", "{\"url\": \"https://169.254.169.254/\"}");

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.json().getString("code")).isEqualTo("webhook_url_invalid");
    }
}
