package hoopoe.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

    private static RequestPath of(String route, String raw, Map<String, String> parameters) {
        return RequestPath.of(APIGatewayV2HTTPEvent.builder()
                .withRouteKey(route)
                .withRawPath(raw)
                .withPathParameters(parameters)
                .build());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/batches/bat_1/dispatches/3/confirm,''",
        "/sms/v1/batches/bat_1/dispatches/3/confirm,/sms",
        "/v1/batches/v1/batches/bat_1/dispatches/3/confirm,/v1/batches",
        "/elsewhere,''"
    })
    void isTheRoutesOwnBehindABase(String raw, String base) {
        assertThat(of("POST /v1/batches/{id}/dispatches/{n}/confirm", raw, Map.of("id", "bat_1", "n", "3")))
                .isEqualTo(new RequestPath(base, "/v1/batches/bat_1/dispatches/3/confirm"));
    }

    @Test
    void aParameterFillsItsOwnPlaceOnly() {
        assertThat(of("GET /v1/{id}/{n}", "/v1/{n}/$1", Map.of("id", "{n}", "n", "$1")))
                .isEqualTo(new RequestPath("", "/v1/{n}/$1"));
        assertThat(of("GET /v1/{id}/{n}", "/v1/x", Map.of("id", "x"))).isEqualTo(new RequestPath("", "/v1/x/{n}"));
    }

    @Test
    void anEventWithNothingInItHasNone() {
        assertThat(RequestPath.of(new APIGatewayV2HTTPEvent())).isEqualTo(new RequestPath("", ""));
        assertThat(of("", "/v1/batches", Map.of())).isEqualTo(new RequestPath("", ""));
    }
}
