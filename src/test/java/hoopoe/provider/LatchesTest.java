package hoopoe.provider;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.store.DynamoSessionKeys;
import hoopoe.store.Table;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.MovableClock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LatchesTest {

    private final FaultyDynamo dynamo = new FaultyDynamo(LocalDynamo.shared().client());
    private final DynamoSessionKeys sessions = new DynamoSessionKeys(
            new Table(dynamo.client(), LocalDynamo.shared().createLastingTable()));
    private final Latches latches = new Latches(sessions, MovableClock.at("2026-03-01T04:00:00Z"));
    private final Account main = account("main");

    private static Account account(String name) {
        return new Account(name, "fake", Optional.empty(), Map.of(), Set.of());
    }

    @Test
    void aRefusedPasswordIsNotTriedAgain() {
        assertThat(latches.of(main, "v1")).isEmpty();

        latches.refused(main, "v1", "-1", "who?");

        assertThat(latches.of(main, "v1")).contains(new Readiness.Latched("-1", "who?"));
        assertThat(latches.of(account("other"), "v1")).isEmpty();
        assertThat(sessions.read("main").latch().code()).isEqualTo("-1");
    }

    @Test
    void aNewOneOpensTheLatchOnceItWorks() {
        latches.refused(main, "v1", "-1", "");
        assertThat(latches.of(main, "v2")).isEmpty();
        assertThat(sessions.read("main").latch()).isNotNull();

        latches.accepted(main, "v2");

        assertThat(sessions.read("main").latch()).isNull();
        assertThat(latches.of(main, "v1"))
                .contains(new Readiness.Latched("credentials_refused", "this password was refused before"));
        assertThat(latches.of(main, "v2")).isEmpty();
    }

    @Test
    void aBadOneThatComesBackClosesItForAllToSee() {
        latches.refused(main, "v1", "-1", "");
        latches.accepted(main, "v2");

        assertThat(latches.ofNewest(main, "v2")).isEmpty();
        assertThat(sessions.read("main").latch()).isNull();

        assertThat(latches.ofNewest(main, "v1").orElseThrow().code()).isEqualTo("credentials_refused");
        assertThat(sessions.read("main").latch().code()).isEqualTo("credentials_refused");

        latches.accepted(main, "v2");
        assertThat(sessions.read("main").latch()).isNull();
    }

    @Test
    void anAnswerToAnOldPasswordOpensNothing() {
        latches.refused(main, "v1", "-1", "");

        latches.accepted(main, "v1");

        assertThat(latches.of(main, "v1")).isPresent();
    }

    @Test
    void aPasswordThatWorksCostsNoWrite() {
        latches.accepted(main, "v1");

        assertThat(dynamo.names()).isEmpty();
    }
}
