package hoopoe.account.session;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.account.Account;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.provider.Readiness;
import hoopoe.store.account.DynamoSessionStore;
import hoopoe.store.table.Table;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.MovableClock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountBlocksTest {

    private final FaultyDynamo dynamo = new FaultyDynamo(LocalDynamo.shared().client());
    private final DynamoSessionStore sessions = new DynamoSessionStore(
            new Table(dynamo.client(), LocalDynamo.shared().createLastingTable()));
    private final AccountBlocks accountBlocks = new AccountBlocks(sessions, MovableClock.at("2026-03-01T04:00:00Z"));
    private final Account main = account("main");

    private static Account account(String name) {
        return new Account(name, "fake", Optional.empty(), Map.of(), Set.of());
    }

    @Test
    void aRefusedPasswordIsNotTriedAgain() {
        assertThat(accountBlocks.of(main, "v1")).isEmpty();

        accountBlocks.refused(main, "v1", "-1", "who?");

        assertThat(accountBlocks.of(main, "v1")).contains(new Readiness.Blocked("-1", "who?"));
        assertThat(accountBlocks.of(account("other"), "v1")).isEmpty();
        assertThat(sessions.read("main").block().code()).isEqualTo("-1");
    }

    @Test
    void aNewOneOpensTheBlockOnceItWorks() {
        accountBlocks.refused(main, "v1", "-1", "");
        assertThat(accountBlocks.of(main, "v2")).isEmpty();
        assertThat(sessions.read("main").block()).isNotNull();

        accountBlocks.accepted(main, "v2");

        assertThat(sessions.read("main").block()).isNull();
        assertThat(accountBlocks.of(main, "v1"))
                .contains(new Readiness.Blocked("credentials_refused", "this password was refused before"));
        assertThat(accountBlocks.of(main, "v2")).isEmpty();
    }

    @Test
    void aBadOneThatComesBackClosesItForAllToSee() {
        accountBlocks.refused(main, "v1", "-1", "");
        accountBlocks.accepted(main, "v2");

        assertThat(accountBlocks.ofNewest(main, "v2")).isEmpty();
        assertThat(sessions.read("main").block()).isNull();

        assertThat(accountBlocks.ofNewest(main, "v1").orElseThrow().code()).isEqualTo("credentials_refused");
        assertThat(sessions.read("main").block().code()).isEqualTo("credentials_refused");

        accountBlocks.accepted(main, "v2");
        assertThat(sessions.read("main").block()).isNull();
    }

    @Test
    void anAnswerToAnOldPasswordOpensNothing() {
        accountBlocks.refused(main, "v1", "-1", "");

        accountBlocks.accepted(main, "v1");

        assertThat(accountBlocks.of(main, "v1")).isPresent();
    }

    @Test
    void aPasswordThatWorksCostsNoWrite() {
        accountBlocks.accepted(main, "v1");

        assertThat(dynamo.names()).isEmpty();
    }
}
