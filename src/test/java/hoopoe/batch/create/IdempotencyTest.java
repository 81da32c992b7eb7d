package hoopoe.batch.create;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.create.CreateBatchResult.BatchCreated;
import hoopoe.batch.create.CreateBatchResult.CreateBusy;
import hoopoe.batch.create.CreateBatchResult.CreateRefused;
import hoopoe.batch.create.CreateBatchResult.CreateReplayed;
import hoopoe.testing.FaultyDynamo.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {

    private final AppFixture appFixture = new AppFixture();

    private static String id(CreateBatchResult outcome) {
        Batch batch = outcome instanceof BatchCreated batchCreated
                ? batchCreated.batch()
                : ((CreateReplayed) outcome).batch();
        return batch.id();
    }

    private List<CreateBatchResult> fifty(BatchRequest request) throws Exception {
        var pool = Executors.newFixedThreadPool(50);
        try {
            Callable<CreateBatchResult> call = () -> appFixture.admit(request, "key");
            var outcomes = new java.util.ArrayList<CreateBatchResult>();
            for (var one : pool.invokeAll(Stream.generate(() -> call).limit(50).toList())) {
                outcomes.add(one.get());
            }
            return outcomes;
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1200})
    void fiftyCallsAtOnceMakeOneBatch(int recipients) throws Exception {
        var outcomes = fifty(AppFixture.to(recipients));

        assertThat(outcomes).hasOnlyElementsOfTypes(BatchCreated.class, CreateReplayed.class);
        assertThat(outcomes.stream().filter(BatchCreated.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().map(IdempotencyTest::id).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(appFixture.stored()).hasSize(1);
        assertThat(appFixture.provider.sends()).hasSize(recipients == 1 ? 1 : 0);
    }

    @Test
    void fiftyCallsAtOnceMakeOneBatchWhereMostWritesMeetAnother() throws Exception {
        appFixture.faults.when(write -> write <= 60 && write % 2 == 1, Fault.CONFLICT);

        var outcomes = fifty(AppFixture.to(1));

        assertThat(outcomes).hasOnlyElementsOfTypes(BatchCreated.class, CreateReplayed.class);
        assertThat(appFixture.stored()).hasSize(1);
        assertThat(appFixture.provider.taken().values()).containsExactly(1);
    }

    @Test
    void whoMeetsOthersAllTheTimeIsTold() {
        appFixture.faults.when(write -> true, Fault.CONFLICT);

        assertThat(appFixture.admit(AppFixture.to(1), "key")).isInstanceOf(CreateBusy.class);
        assertThat(appFixture.stored()).isEmpty();
        assertThat(appFixture.provider.sends()).isEmpty();
    }

    @Test
    void aReplayIsTheBatchAsItStandsEvenIfItWouldBeRefusedNow() {
        var request = new BatchRequest(
                null, "x", null, "2026-03-01T05:00:00Z", null, null, null, List.of(AppFixture.entry(1)), false);
        var first = id(appFixture.admit(request, "key"));

        appFixture.clock.move(Duration.ofHours(5));

        assertThat(appFixture.admit(request, "key")).isInstanceOf(CreateReplayed.class);
        assertThat(id(appFixture.admit(request, "key"))).isEqualTo(first);
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void anotherRequestUnderTheKeyIsRefused() {
        appFixture.admit(AppFixture.to(1), "key");

        var other = appFixture.batchCreator.admit(
                AppFixture.to(2),
                AppFixture.GRANT,
                Optional.of(AppFixture.claim("key", "other")),
                appFixture.deadline());

        assertThat(other).isInstanceOfSatisfying(CreateRefused.class, createRefused -> assertThat(createRefused.code())
                .isEqualTo("idempotency_key_reused"));
        assertThat(appFixture.stored()).hasSize(1);
    }

    @Test
    void aRefusedRequestClaimsNothing() {
        assertThat(appFixture.admit(AppFixture.request("", List.of(AppFixture.entry(1))), "key"))
                .isInstanceOf(CreateRefused.class);
        assertThat(appFixture.admit(AppFixture.to(1), "key")).isInstanceOf(BatchCreated.class);
    }

    @Test
    void aKeyIsForgottenAfterADayThoughItsItemIsStillThere() {
        var first = id(appFixture.admit(AppFixture.to(1), "key"));

        appFixture.clock.move(Duration.ofHours(24).plusSeconds(1));

        assertThat(appFixture.admit(AppFixture.to(1), "key"))
                .isInstanceOfSatisfying(
                        BatchCreated.class,
                        batchCreated -> assertThat(batchCreated.batch().id()).isNotEqualTo(first));
    }

    @Test
    void aClaimWithoutABatchIsWonOnce() {
        var idempotencyKey = AppFixture.claim("key", "print");

        assertThat(appFixture.idempotencyStore.claim(idempotencyKey, "session:main"))
                .isInstanceOf(hoopoe.store.batch.IdempotencyStore.IdempotencyClaim.FirstCall.class);
        assertThat(appFixture.idempotencyStore.claim(idempotencyKey, "session:main"))
                .isEqualTo(new hoopoe.store.batch.IdempotencyStore.IdempotencyClaim.RepeatedCall(
                        new hoopoe.store.batch.IdempotencyStore.IdempotencyRecord("print", "session:main")));
        assertThat(appFixture.idempotencyStore.find(idempotencyKey)).isPresent();
    }
}
