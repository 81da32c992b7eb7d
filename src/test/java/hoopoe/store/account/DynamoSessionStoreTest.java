package hoopoe.store.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.account.session.LoginHistory;
import hoopoe.account.session.Session;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.store.table.Table;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoSessionStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00.123Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final Session FULL = new Session(
            0,
            7,
            new Session.StoredKey("{key}", TODAY, "v3"),
            new Session.LoginLease("holder", NOW.plusSeconds(40)),
            new Session.AccountBlock("-101", "", NOW),
            new LoginHistory(
                    new LoginHistory.Trial("holder", "v3", true),
                    2,
                    1,
                    NOW.plusSeconds(600),
                    List.of(NOW, NOW.plusMillis(1)),
                    Set.of("v1", "v2"),
                    Set.of("v0"),
                    true));

    private final DynamoDbClient dynamo = LocalDynamo.shared().client();
    private final String table = LocalDynamo.shared().createLastingTable();
    private final DynamoSessionStore keys = keys(dynamo);

    private DynamoSessionStore keys(DynamoDbClient client) {
        return new DynamoSessionStore(new Table(client, table));
    }

    /** How often the answer to a put is lost after it was done: the client then fails, or tries again as the SDK does. */
    private DynamoDbClient losing(boolean retrying) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    try {
                        var answer = method.invoke(dynamo, arguments);
                        if (method.getName().equals("putItem") && retrying) {
                            return method.invoke(dynamo, arguments);
                        } else if (method.getName().equals("putItem")) {
                            throw SdkClientException.create("read timed out");
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A client whose puts never arrive. */
    private DynamoDbClient deaf() {
        return (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("putItem")) {
                        throw SdkClientException.create("connection reset");
                    }
                    return method.invoke(dynamo, arguments);
                });
    }

    @Test
    void nothingStoredIsAnEmptySession() {
        assertThat(keys.read("taipei")).isEqualTo(Session.NONE);
    }

    @Test
    void whatIsStoredIsRead() {
        assertThat(keys.replace("taipei", Session.NONE, FULL)).isTrue();

        assertThat(keys.read("taipei")).isEqualTo(FULL.withRevision(1));
        assertThat(keys.read("other")).isEqualTo(Session.NONE);
    }

    @Test
    void anEmptySessionIsReadAsItWasStored() {
        keys.replace("taipei", Session.NONE, FULL);
        keys.replace("taipei", keys.read("taipei"), Session.NONE);

        assertThat(keys.read("taipei")).isEqualTo(Session.NONE.withRevision(2));
    }

    @Test
    void itsItemIsFoundByTheAccountAndNeverExpires() {
        keys.replace("taipei", Session.NONE, FULL);

        var item = dynamo.getItem(get -> get.tableName(table)
                        .key(Map.of(
                                "pk", AttributeValue.fromS("SESSION#taipei"), "sk", AttributeValue.fromS("SESSION"))))
                .item();

        assertThat(item).containsKeys("key", "generation", "lease_holder").doesNotContainKey("expires_at");
    }

    @Test
    void onlyOneReplacesWhatBothHaveSeen() {
        assertThat(keys.replace("taipei", Session.NONE, FULL)).isTrue();
        assertThat(keys.replace("taipei", Session.NONE, FULL)).isFalse();

        var seen = keys.read("taipei");
        assertThat(keys.replace("taipei", seen, seen.withoutKey(7))).isTrue();
        assertThat(keys.replace("taipei", seen, Session.NONE)).isFalse();
        assertThat(keys.read("taipei").key()).isNull();
    }

    @Test
    void aSuccessWhoseAnswerWasLostIsOurs() {
        for (boolean retrying : new boolean[] {true, false}) {
            var losing = keys(losing(retrying));
            var seen = losing.read("taipei");

            assertThat(losing.replace("taipei", seen, FULL)).isTrue();
            assertThat(losing.read("taipei").revision()).isEqualTo(seen.revision() + 1);
        }
    }

    @Test
    void aWriteThatNeverArrivedFails() {
        assertThatThrownBy(() -> keys(deaf()).replace("taipei", Session.NONE, FULL))
                .isInstanceOf(SdkClientException.class);
        assertThat(keys.read("taipei")).isEqualTo(Session.NONE);
    }

    @Test
    void aRuleIsAppliedOnceThoughEveryAnswerIsLost() {
        var losing = keys(losing(false));
        UnaryOperator<Session> lease = session -> session.leased("me", TODAY, NOW);

        assertThat(losing.change("taipei", lease).isLeasedTo("me")).isTrue();
        assertThat(keys.change("taipei", session -> session.leased("you", TODAY, NOW))
                        .isLeasedTo("me"))
                .isTrue();
        assertThat(keys.read("taipei").revision()).isEqualTo(1);
    }
}
