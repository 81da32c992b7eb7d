package hoopoe.api.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.Scope;
import hoopoe.local.Stack;
import hoopoe.testing.Api;
import hoopoe.testing.IssuedKeys;
import hoopoe.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long a revoked key is good for: what API Gateway keeps, and nothing else. */
class RevocationIT {

    /** What we promise. */
    private static final Duration PROMISED = Duration.ofSeconds(60);

    private static final String ROUTE = "/v1/accounts";

    @Test
    void aRevokedKeyIsGoodForAsLongAsApiGatewayKeepsItsAnswerAndNoLonger() throws Exception {
        var clock = new MovableClock(Instant.now());
        try (var stack =
                Stack.builder().timeout(Duration.ofMinutes(3)).clock(clock).start()) {
            var keys = new IssuedKeys(stack);
            var key = keys.create("shop", "live", Scope.BATCHES_READ);
            var caller = new Api(stack.url()).as(key);
            assertThat(caller.get(ROUTE).statusCode()).isEqualTo(200);

            keys.revoke(key);

            clock.move(Duration.ofSeconds(29));
            assertThat(caller.get(ROUTE).statusCode()).isEqualTo(200);
            clock.move(Duration.ofSeconds(1));
            assertThat(Api.text(caller.get(ROUTE))).isEqualTo("403 {\"message\":\"Forbidden\"}");
            assertThat(Duration.ofSeconds(30)).isLessThan(PROMISED);

            var next = new Api(stack.url()).as(keys.create("shop", "live", Scope.BATCHES_READ));
            assertThat(next.get(ROUTE).statusCode()).isEqualTo(200);
        }
    }
}
