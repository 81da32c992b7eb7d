package hoopoe.batch.admission;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.admission.AdmissionOutcome.Admitted;
import hoopoe.batch.admission.AdmissionOutcome.Busy;
import hoopoe.batch.admission.AdmissionOutcome.Refused;
import hoopoe.batch.admission.AdmissionOutcome.Replayed;
import hoopoe.store.Batch;
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

    private final House house = new House();

    private static String id(AdmissionOutcome outcome) {
        Batch batch = outcome instanceof Admitted admitted ? admitted.batch() : ((Replayed) outcome).batch();
        return batch.id();
    }

    private List<AdmissionOutcome> fifty(BatchRequest request) throws Exception {
        var pool = Executors.newFixedThreadPool(50);
        try {
            Callable<AdmissionOutcome> call = () -> house.admit(request, "key");
            var outcomes = new java.util.ArrayList<AdmissionOutcome>();
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
        var outcomes = fifty(House.to(recipients));

        assertThat(outcomes).hasOnlyElementsOfTypes(Admitted.class, Replayed.class);
        assertThat(outcomes.stream().filter(Admitted.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().map(IdempotencyTest::id).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(house.stored()).hasSize(1);
        assertThat(house.provider.sends()).hasSize(recipients == 1 ? 1 : 0);
    }

    @Test
    void fiftyCallsAtOnceMakeOneBatchWhereMostWritesMeetAnother() throws Exception {
        house.faults.when(write -> write <= 60 && write % 2 == 1, Fault.CONFLICT);

        var outcomes = fifty(House.to(1));

        assertThat(outcomes).hasOnlyElementsOfTypes(Admitted.class, Replayed.class);
        assertThat(house.stored()).hasSize(1);
        assertThat(house.provider.taken().values()).containsExactly(1);
    }

    @Test
    void whoMeetsOthersAllTheTimeIsTold() {
        house.faults.when(write -> true, Fault.CONFLICT);

        assertThat(house.admit(House.to(1), "key")).isInstanceOf(Busy.class);
        assertThat(house.stored()).isEmpty();
        assertThat(house.provider.sends()).isEmpty();
    }

    @Test
    void aReplayIsTheBatchAsItStandsEvenIfItWouldBeRefusedNow() {
        var request =
                new BatchRequest(null, "x", null, "2026-03-01T05:00:00Z", null, null, List.of(House.entry(1)), false);
        var first = id(house.admit(request, "key"));

        house.clock.move(Duration.ofHours(5));

        assertThat(house.admit(request, "key")).isInstanceOf(Replayed.class);
        assertThat(id(house.admit(request, "key"))).isEqualTo(first);
        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void anotherRequestUnderTheKeyIsRefused() {
        house.admit(House.to(1), "key");

        var other = house.admission.admit(
                House.to(2), House.GRANT, Optional.of(House.claim("key", "other")), house.deadline());

        assertThat(other).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("idempotency_key_reused"));
        assertThat(house.stored()).hasSize(1);
    }

    @Test
    void aRefusedRequestClaimsNothing() {
        assertThat(house.admit(House.request("", List.of(House.entry(1))), "key"))
                .isInstanceOf(Refused.class);
        assertThat(house.admit(House.to(1), "key")).isInstanceOf(Admitted.class);
    }

    @Test
    void aKeyIsForgottenAfterADayThoughItsItemIsStillThere() {
        var first = id(house.admit(House.to(1), "key"));

        house.clock.move(Duration.ofHours(24).plusSeconds(1));

        assertThat(house.admit(House.to(1), "key")).isInstanceOfSatisfying(Admitted.class, admitted -> assertThat(
                        admitted.batch().id())
                .isNotEqualTo(first));
    }

    @Test
    void aClaimWithoutABatchIsWonOnce() {
        var claim = House.claim("key", "print");

        assertThat(house.calls.claim(claim, "session:main")).isInstanceOf(hoopoe.store.Calls.Claimed.Won.class);
        assertThat(house.calls.claim(claim, "session:main"))
                .isEqualTo(
                        new hoopoe.store.Calls.Claimed.Lost(new hoopoe.store.Calls.Earlier("print", "session:main")));
        assertThat(house.calls.find(claim)).isPresent();
    }
}
