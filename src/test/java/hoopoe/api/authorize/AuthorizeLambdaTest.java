package hoopoe.api.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.testing.LambdaResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The function {@code authorize}, as Lambda runs it. */
@QuarkusTest
@WithTestResource(value = LambdaResource.class, scope = TestResourceScope.GLOBAL)
class AuthorizeLambdaTest {

    LambdaResource lambda;

    @Test
    void aKeyIsLetInUntilItIsRevoked() {
        String key = lambda.invoke("keys", """
                        {"create": {"caller": "shop", "kind": "test", "scopes": ["batches:write", "batches:read"]}}""").extract().path("key");

        var letIn = ask("Bearer " + key);

        assertThat(letIn.<Boolean>path("isAuthorized")).isTrue();
        assertThat(letIn.<Map<String, String>>path("context"))
                .containsEntry("caller", "shop")
                .containsEntry("kind", "test")
                .containsEntry("scopes", "batches:write batches:read");

        lambda.invoke("keys", "{\"revoke\": {\"key\": \"" + key + "\"}}");

        isKeptOut(ask("Bearer " + key));
    }

    @Test
    void whatIsNoKeyIsKeptOut() {
        isKeptOut(ask("Bearer hpk_live_nosuchkey000thisisnosecretitislocal000"));
        isKeptOut(ask("Basic dXNlcjpwYXNz"));
    }

    private static void isKeptOut(ExtractableResponse<Response> answer) {
        assertThat(answer.<Boolean>path("isAuthorized")).isFalse();
        assertThat(answer.<Map<String, String>>path("context")).isEmpty();
    }

    private ExtractableResponse<Response> ask(String header) {
        return lambda.invoke("authorize", """
                        {"version": "2.0", "type": "REQUEST",
                         "routeArn": "arn:aws:execute-api:eu-central-1:000000000000:a1b2c3/$default/GET/v1/batches",
                         "identitySource": ["%s", "GET /v1/batches"], "routeKey": "GET /v1/batches", "rawPath": "/v1/batches",
                         "rawQueryString": "", "headers": {"authorization": "%s"},
                         "requestContext": {"http": {"method": "GET", "path": "/v1/batches"}, "requestId": "r-1"}}""".formatted(header, header))
                .statusCode(200)
                .extract();
    }
}
