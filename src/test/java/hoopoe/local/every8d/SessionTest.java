package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.wire.RawClient;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final Every8dSimulator simulator = Every8dSimulator.start();
    private final Caller caller = Caller.of(simulator);
    private Account account;

    @BeforeEach
    void open() {
        account = simulator.account("demo", "p&<w");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void theAnswerIsTheOneThatWasSeen() {
        assertThat(caller.result("getConnection", "userID", "demo", "password", "p&<w"))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><SMS><GET_CONNECTION><CODE>0</CODE><SESSION_KEY>"
                        + account.sessionKey()
                        + "</SESSION_KEY><DESCRIPTION>取得連線成功。</DESCRIPTION></GET_CONNECTION></SMS>");
    }

    @Test
    void aSecondLoginGivesTheSameKeyOrANewOne() {
        String first = caller.login("demo", "p&<w");
        assertThat(caller.login("demo", "p&<w")).isEqualTo(first);

        simulator.switches().set(Switch.SecondLogin.NEW_KEY);
        String second = caller.login("demo", "p&<w");
        assertThat(second).isNotEqualTo(first);
        assertThat(caller.credit(first)).startsWith("-301,");
        assertThat(caller.credit(second)).isEqualTo("10000.00");
    }

    @Test
    void aClosedKeyIsDead() {
        String key = caller.login("demo", "p&<w");
        assertThat(caller.result("closeConnection", "sessionKey", key)).isEqualTo("1");
        assertThat(caller.result("closeConnection", "sessionKey", key)).isEqualTo("-1");
        assertThat(caller.credit(key)).startsWith("-301");
        assertThat(caller.login("demo", "p&<w")).isNotEqualTo(key);
    }

    @Test
    void aKeyDiesAtMidnightInTaipei() {
        simulator.clock().moveTo(Instant.parse("2027-03-04T15:59:00Z"));
        String key = caller.login("demo", "p&<w");
        assertThat(caller.credit(key)).isEqualTo("10000.00");
        simulator.clock().moveTo(Instant.parse("2027-03-04T16:00:00Z"));
        assertThat(caller.credit(key)).startsWith("-301");
        assertThat(caller.login("demo", "p&<w")).isNotEqualTo(key);
    }

    @Test
    void tenWrongPasswordsAreForgivenAndTheEleventhLocks() {
        for (int i = 0; i < 10; i++) {
            assertThat(caller.loginCode("demo", "wrong")).isEqualTo("-101");
        }
        assertThat(caller.loginCode("demo", "p&<w")).isEqualTo("0");
        for (int i = 0; i < 10; i++) {
            assertThat(caller.loginCode("demo", "wrong")).isEqualTo("-101");
        }
        assertThat(caller.loginCode("demo", "wrong")).isEqualTo("-999");
        assertThat(caller.loginCode("demo", "p&<w")).isEqualTo("-999");
        account.unlock();
        assertThat(caller.loginCode("demo", "p&<w")).isEqualTo("0");
    }

    @Test
    void bySwitchTheTenthLocks() {
        simulator.switches().set(Switch.Lock.AFTER_TENTH);
        for (int i = 0; i < 10; i++) {
            assertThat(caller.loginCode("demo", "wrong")).isEqualTo("-101");
        }
        assertThat(account.locked()).isTrue();
        assertThat(caller.loginCode("demo", "p&<w")).isEqualTo("-999");
    }

    @Test
    void anUnknownAccountIsToldSo() {
        assertThat(caller.loginCode("nobody", "x")).isEqualTo("-100");
    }

    @Test
    void theSpacedFormIsXmlAndTheSeedsIsNot() {
        simulator.switches().set(Switch.LoginXml.SPACED);
        String spaced = caller.result("getConnection", "userID", "demo", "password", "p&<w");
        assertThat(Caller.textOf(spaced, "SESSION_KEY").strip()).isEqualTo(account.sessionKey());

        simulator.switches().set(Switch.LoginXml.SEED);
        assertThat(caller.result("getConnection", "userID", "demo", "password", "p&<w"))
                .contains("version=\" 1.0\"", "<SESSION\\_KEY> " + account.sessionKey() + "</SESSION\\_KEY>");
    }

    @Test
    void aDeadKeyIsNamedInTheFormOfTheSwitch() {
        assertThat(caller.credit("dead")).isEqualTo("-301,Session 資料不存在，請重新登入。");
        simulator.switches().set(Switch.ErrorForm.BARE);
        assertThat(caller.credit("dead")).isEqualTo("-301");
        simulator.switches().set(Switch.ErrorForm.DECIMAL);
        assertThat(caller.erase("dead", "x")).startsWith("-301.00,");
        simulator.switches().set(Switch.ErrorForm.JSON);
        assertThat(caller.send("dead", "x", "0912345678"))
                .startsWith("{\"Result\":false,\"Status\":\"-301\",\"Msg\":\"-301,");
        assertThat(Caller.textOf(
                        caller.result("getDeliveryStatus", "sessionKey", "dead", "batchID", "x", "pageNo", "1"),
                        "CODE"))
                .isEqualTo("-301");
        simulator.switches().set(Switch.ReportError.LINE).set(Switch.ErrorForm.BARE);
        assertThat(caller.result("getDeliveryStatus", "sessionKey", "dead", "batchID", "x", "pageNo", "1"))
                .isEqualTo("-301");
    }

    @Test
    void fiveHundredClientsLogInAtOnceAndGetOneKey() throws InterruptedException {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> clients = IntStream.range(0, 500)
                .mapToObj(i -> new Thread(() -> {
                    try (RawClient client = RawClient.to(simulator.server().port())) {
                        client.send(Caller.rawLogin("demo", "p&amp;&lt;w", false));
                        go.await();
                        client.send(" ");
                        keys.add(client.readAnswer().replaceAll("(?s).*SESSION_KEY&gt;(.*)&lt;/SESSION.*", "$1"));
                    } catch (Exception e) {
                        keys.add(e.toString());
                    }
                }))
                .toList();
        clients.forEach(Thread::start);
        go.countDown();
        for (Thread client : clients) {
            client.join();
        }
        assertThat(keys).containsExactly(account.sessionKey());
        assertThat(simulator.wire().count("getConnection")).isEqualTo(500);
        assertThat(simulator.wire().connections()).isEqualTo(500);
    }
}
