package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadableLogTest {

    @Test
    void aLogLineLosesItsJson() {
        assertThat(
                        ReadableLog.of(
                                "send-1 | {\"time\":\"2026-11-22T15:10:36.924Z\",\"level\":\"WARN\",\"logger\":\"hoopoe.api.http.ApiGatewayAdapter\","
                                        + "\"message\":\"not \\\"now\\\"\",\"correlation_id\":\"order-4711\",\"function\":\"send\"}"))
                .contains("send-1 | 15:10:36.924Z WARN  ApiGatewayAdapter: not \"now\" (correlation_id order-4711)");
    }

    @Test
    void metricsAndLambdasOwnLinesAreLeftOut() {
        assertThat(ReadableLog.of("poll-1 | {\"time\":\"…\",\"type\":\"platform.report\"}"))
                .isEmpty();
        assertThat(ReadableLog.of("poll-1 | {\"_aws\":{\"Timestamp\":1},\"DueLag\":0}"))
                .isEmpty();
    }

    @Test
    void allElseStaysAsItIs() {
        assertThat(ReadableLog.of("send-1 | {not JSON")).contains("send-1 | {not JSON");
        assertThat(ReadableLog.of("stream to dispatch: failed")).contains("stream to dispatch: failed");
    }
}
