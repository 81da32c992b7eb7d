package hoopoe.api.keys;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.ApiKey;
import hoopoe.store.Keys;
import hoopoe.testing.LambdaResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The function {@code keys}, as Lambda runs it. */
@QuarkusTest
@WithTestResource(value = LambdaResource.class, scope = TestResourceScope.GLOBAL)
class KeysLambdaTest {

    LambdaResource lambda;

    @Test
    void aKeyIsMadeListedAndRevoked() {
        var created = lambda.invoke("keys", """
                        {"create": {"caller": "billing", "kind": "live", "scopes": ["batches:read"]}}""").extract();
        var key = ApiKey.of(created.path("key")).orElseThrow();

        assertThat(created.<String>path("created.id")).isEqualTo(key.id());
        var item = lambda.table().get(Keys.apiKey(key.id())).orElseThrow();
        assertThat(item.text("caller")).isEqualTo("billing");
        assertThat(item.attributes().toString()).doesNotContain(key.secret());
        assertThat(list()).isEqualTo(List.of("valid"));

        var revoked = lambda.invoke("keys", "{\"revoke\": {\"key\": \"" + key.id() + "\"}}")
                .extract();

        assertThat(revoked.<String>path("revoked.state")).isEqualTo("revoked");
        assertThat(lambda.table().get(Keys.apiKey(key.id())).orElseThrow().has("revoked"))
                .isTrue();
        assertThat(list()).isEqualTo(List.of("revoked"));
    }

    @Test
    void aRefusalIsAnError() {
        var answer = lambda.invoke("keys", "{\"create\": {\"caller\": \"billing\"}, \"list\": {}}")
                .extract();

        assertThat(answer.<String>path("error.code")).isEqualTo("invalid_request");
    }

    private List<String> list() {
        return lambda.invoke("keys", "{\"list\": {\"caller\": \"billing\"}}")
                .extract()
                .path("keys.state");
    }
}
