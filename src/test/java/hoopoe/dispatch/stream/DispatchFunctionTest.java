package hoopoe.dispatch.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.account.Accounts;
import hoopoe.batch.Batch;
import hoopoe.delivery.check.MessageMetrics;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.stream.DispatchFunction.BatchItemFailure;
import hoopoe.observability.Metric;
import hoopoe.provider.Providers;
import hoopoe.store.StreamEvent;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.MetricLog;
import hoopoe.testing.StoreFixture;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DispatchFunctionTest {

    private final StoreFixture storeFixture = new StoreFixture();
    private final FakeProvider provider = new FakeProvider();
    private final MetricLog told = new MetricLog(storeFixture.clock);
    private final DispatchFunction function = function();

    private DispatchFunction function() {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("hoopoe.accounts." + StoreFixture.ACCOUNT + ".provider", FakeProvider.TYPE),
                        "test",
                        100))
                .build();
        return storeFixture
                .beans(
                        told.metrics(),
                        new MessageMetrics(MetricLog.ignored(), storeFixture.clock),
                        config,
                        new Accounts(config),
                        new Providers(Stream.of(provider), MetricLog.ignored()))
                .get(DispatchFunction.class);
    }

    private static String record(String pk, String sk, int sequence) {
        return """
                {"eventID": "1", "eventName": "INSERT", "awsRegion": "x", "dynamodb": {
                  "ApproximateCreationDateTime": 1, "Keys": {"pk": {"S": "%s"}, "sk": {"S": "%s"}},
                  "NewImage": {"state": {"S": "accepted"}, "n": {"N": "0"}, "counts": {"M": {}}},
                  "SequenceNumber": "%d", "StreamViewType": "NEW_IMAGE"}}
                """.formatted(pk, sk, sequence);
    }

    private static String record(Batch batch, int n) {
        return record("BATCH#" + batch.id() + '#' + n, "DISPATCH#0000" + n, 100 + n);
    }

    private static StreamEvent batch(String... records) {
        try {
            return new ObjectMapper()
                    .readValue("{\"Records\": [" + String.join(",", records) + "]}", StreamEvent.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWaitsIsSentAndARepeatDoesNothing() {
        var batch = storeFixture.batch(2, 3);

        assertThat(function.dispatch(batch(record(batch, 0), record(batch, 1))).failures())
                .isEmpty();
        assertThat(function.dispatch(batch(record(batch, 0), record(batch, 1))).failures())
                .isEmpty();

        assertThat(told.lines()).isEmpty();
        assertThat(storeFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(storeFixture.dispatch(batch, 1).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(provider.sends()).hasSize(2);
    }

    @Test
    void whatIsNoDispatchOrIsGoneIsNoFailure() {
        assertThat(function.dispatch(batch(
                                record("SESSION#main", "SESSION", 1),
                                record("BATCH#bat_01KJKRV5G0G03PTWWX5D7W6HRD#0", "DISPATCH#00000", 2),
                                "{}",
                                "null"))
                        .failures())
                .isEmpty();
        assertThat(function.dispatch(new StreamEvent(null)).failures()).isEmpty();
    }

    @Test
    void onlyWhatCouldNotBeLookedAfterIsHandedOverAgain() {
        var batch = storeFixture.batch(1, 1);
        provider.ready(() -> {
            throw new IllegalStateException("no secret");
        });
        storeFixture.claim(batch, 1);

        assertThat(function.dispatch(batch(record(batch, 0), record(batch, 1))).failures())
                .containsExactly(new BatchItemFailure("100"));
        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
        assertThat(storeFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.ACCEPTED);
    }
}
