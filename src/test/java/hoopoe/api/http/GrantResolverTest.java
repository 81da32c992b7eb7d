package hoopoe.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.provider.Deadline;
import hoopoe.testing.ApiEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantResolverTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Grant READER = new Grant("shop", "01key", KeyKind.TEST, Set.of(Scope.BATCHES_READ));

    /** As API Gateway hands it over. */
    private static Optional<Grant> grant(String authorizer) throws JsonProcessingException {
        return GrantResolver.grant(event(authorizer));
    }

    private static APIGatewayV2HTTPEvent event(String authorizer) throws JsonProcessingException {
        var event = ApiEvents.get("");
        event.getRequestContext().setAuthorizer(JSON.readValue(authorizer, Authorizer.class));
        return event;
    }

    private static ApiRequest call(APIGatewayV2HTTPEvent event) {
        return new ApiRequest(event, Deadline.in(Duration.ofSeconds(1), Clock.systemUTC()));
    }

    @Test
    void aKeyIsItsCallersWithItsKindAndScopes() throws JsonProcessingException {
        assertThat(grant("""
                {"lambda": {"caller": "shop", "key": "01key", "kind": "test", "scopes": "batches:read"}}""")).contains(READER);
        assertThat(grant("""
                {"lambda": {"caller": "shop", "key": "k", "kind": "live", "scopes": "batches:write other:thing batches:read"}}""").orElseThrow().scopes())
                .containsExactlyInAnyOrder(Scope.BATCHES_WRITE, Scope.BATCHES_READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"lambda\": {}}",
                "{\"lambda\": {\"caller\": \"\", \"key\": \"k\", \"kind\": \"live\", \"scopes\": \"batches:read\"}}",
                "{\"lambda\": {\"caller\": 7, \"key\": \"k\", \"kind\": \"live\", \"scopes\": \"batches:read\"}}",
                "{\"lambda\": {\"key\": \"k\", \"kind\": \"live\", \"scopes\": \"batches:read\"}}",
                "{\"lambda\": {\"caller\": \"shop\", \"key\": \"k\", \"scopes\": \"batches:read\"}}",
                "{\"lambda\": {\"caller\": \"shop\", \"key\": \"k\", \"kind\": \"Live\", \"scopes\": \"batches:read\"}}",
                "{\"jwt\": {}}",
                "{\"jwt\": {\"claims\": {\"scope\": \"batches:read\"}}}",
                "{\"jwt\": {\"claims\": {\"sub\": \"two words\", \"scope\": \"batches:read\"}}}",
                "{\"jwt\": {\"claims\": {\"sub\": \"two words\", \"client_id\": \"c\", \"scope\": \"batches:read\"}}}",
                "{\"iam\": {}}",
                "{\"iam\": {\"userArn\": \"\"}}"
            })
    void whoeverCannotBeNamedIsLetInByNothing(String authorizer) throws JsonProcessingException {
        var apiRequest = call(event(authorizer));

        assertThatThrownBy(() -> apiRequest.require(Scope.BATCHES_READ)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(apiRequest::caller).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTokenIsItsSubjectsOrItsClients() throws JsonProcessingException {
        assertThat(grant("""
                {"jwt": {"claims": {"sub": "auth0|17", "client_id": "c", "scope": "openid batches:read"}, "scopes": null}}"""))
                .contains(new Grant("jwt:auth0|17", "jwt:auth0|17", KeyKind.LIVE, Set.of(Scope.BATCHES_READ)));
        assertThat(grant("""
                {"jwt": {"claims": {"client_id": "shop", "scope": "hoopoe/batches:write hoopoe/batches:read"}}}"""))
                .contains(new Grant(
                        "jwt:shop", "jwt:shop", KeyKind.LIVE, Set.of(Scope.BATCHES_WRITE, Scope.BATCHES_READ)));
        assertThat(grant("""
                {"jwt": {"claims": {"sub": "shop", "scp": "[batches:read accounts:admin]"}}}""").orElseThrow().scopes())
                .containsExactlyInAnyOrder(Scope.BATCHES_READ, Scope.ACCOUNTS_ADMIN);
        assertThat(grant("""
                {"jwt": {"claims": {"sub": "shop", "scope": "other/batches:read xbatches:read"}}}""").orElseThrow().scopes()).isEmpty();
    }

    @Test
    void aSignatureIsItsRolesWhateverTheSession() throws JsonProcessingException {
        assertThat(grant("""
                {"iam": {"accessKey": "ASIA1", "accountId": "123456789012", "callerId": "A:one", "cognitoIdentity": null,
                 "principalOrgId": "o-1", "userArn": "arn:aws:sts::123456789012:assumed-role/shop/one", "userId": "A:one"}}"""))
                .contains(new Grant(
                        "arn:aws:sts::123456789012:assumed-role/shop",
                        "arn:aws:sts::123456789012:assumed-role/shop",
                        KeyKind.LIVE,
                        Set.of(Scope.values())));
        assertThat(grant("{\"iam\": {\"userArn\": \"arn:aws:iam::123456789012:user/shop\"}}")
                        .orElseThrow()
                        .caller())
                .isEqualTo("arn:aws:iam::123456789012:user/shop");
    }

    @Test
    void aScopeThatIsNotThereIsRefused() {
        var apiRequest = call(ApiEvents.as(READER, ApiEvents.get("")));

        assertThat(apiRequest.require(Scope.BATCHES_READ)).isEqualTo(READER);
        assertThat(apiRequest.caller()).isEqualTo("test:shop");
        assertThatThrownBy(() -> apiRequest.require(Scope.BATCHES_WRITE)).hasMessage("forbidden_scope");
        assertThatThrownBy(() -> apiRequest.require(Scope.ACCOUNTS_ADMIN)).hasMessage("forbidden_scope");
    }

    @Test
    void aRouteThatRequiresNothingKnowsNobody() {
        assertThatThrownBy(() -> call(ApiEvents.get("")).caller()).isInstanceOf(IllegalStateException.class);
    }
}
