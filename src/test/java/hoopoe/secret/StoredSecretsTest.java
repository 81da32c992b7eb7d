package hoopoe.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.testing.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredSecretsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MovableClock clock = MovableClock.at("2026-11-22T08:00:00Z");
    private final FakeVault vault = new FakeVault();
    private final StoredSecrets secrets =
            new StoredSecrets(vault, "stage/", "search-keys", Duration.ofMinutes(5), clock);

    /** Answers by name, and counts. */
    private static final class FakeVault implements SecretStore {

        private final Map<String, SecretResponse> answers = new ConcurrentHashMap<>();
        private final AtomicInteger asked = new AtomicInteger();
        private volatile CountDownLatch held = new CountDownLatch(0);

        void holds(String name, String password, String version, String... tokens) {
            answers.put(
                    name,
                    new SecretResponse.Found(
                            new AccountSecret("me", password, "", List.of(tokens), List.of(), version)));
        }

        @Override
        public SecretResponse get(String name) {
            asked.incrementAndGet();
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return answers.getOrDefault(name, new SecretResponse.Missing("ResourceNotFoundException"));
        }
    }

    private void isAway() {
        vault.answers.put("stage/taipei", new SecretStore.SecretResponse.StoreUnavailable("ThrottlingException"));
    }

    @Test
    void anAccountsSecretIsNamedByThePrefixAndTheAccount() {
        vault.holds("stage/taipei", "canary", "v1", "one", "two");

        assertThat(secrets.credentials("taipei")).isEqualTo(new Credentials("me", "canary", "v1"));
        assertThat(secrets.callbackTokens("taipei")).containsExactly("one", "two");
        assertThat(vault.asked).hasValue(1);
    }

    @Test
    void aChangeIsSeenAfterFiveMinutes() {
        vault.holds("stage/taipei", "old", "v1", "one");
        secrets.credentials("taipei");
        vault.holds("stage/taipei", "new", "v2", "one", "two");

        clock.move(MINUTE.multipliedBy(5).minusMillis(1));
        assertThat(secrets.credentials("taipei").version()).isEqualTo("v1");
        assertThat(secrets.callbackTokens("taipei")).containsExactly("one");
        clock.move(Duration.ofMillis(1));
        assertThat(secrets.callbackTokens("taipei")).containsExactly("one", "two");
        assertThat(secrets.credentials("taipei").version()).isEqualTo("v2");
        assertThat(vault.asked).hasValue(2);
    }

    @Test
    void fiveMinutesAreTheMost() {
        var patient = new StoredSecrets(vault, "stage/", "search-keys", Duration.ofHours(1), clock);
        vault.holds("stage/taipei", "old", "v1");
        patient.credentials("taipei");
        vault.holds("stage/taipei", "new", "v2");

        clock.move(MINUTE.multipliedBy(5));

        assertThat(patient.credentials("taipei").version()).isEqualTo("v2");
    }

    @Test
    void aLoginReadsWhatIsThereNow() {
        vault.holds("stage/taipei", "old", "v1");
        secrets.credentials("taipei");
        vault.holds("stage/taipei", "new", "v2");

        assertThat(secrets.freshCredentials("taipei").password()).isEqualTo("new");
        assertThat(secrets.freshCredentials("taipei").password()).isEqualTo("new");
        assertThat(vault.asked).hasValue(3);
        // What a login has seen, others need not ask for.
        assertThat(secrets.credentials("taipei").password()).isEqualTo("new");
        assertThat(vault.asked).hasValue(3);
    }

    @Test
    void whileTheVaultIsAwayAnOldSecretServesAllButALogin() {
        vault.holds("stage/taipei", "old", "v1", "one");
        secrets.credentials("taipei");
        isAway();
        clock.move(MINUTE.multipliedBy(15).minusMillis(1));

        assertThat(secrets.callbackTokens("taipei")).containsExactly("one");
        assertThat(secrets.credentials("taipei").version()).isEqualTo("v1");
        assertThatThrownBy(() -> secrets.freshCredentials("taipei")).isInstanceOf(SecretUnavailable.class);

        clock.move(Duration.ofMillis(1));
        assertThatThrownBy(() -> secrets.callbackTokens("taipei")).isInstanceOf(SecretUnavailable.class);
        assertThatThrownBy(() -> secrets.credentials("taipei")).isInstanceOf(SecretUnavailable.class);
    }

    @Test
    void aFailureIsRememberedForSeconds() {
        isAway();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> secrets.credentials("taipei")).isInstanceOf(SecretUnavailable.class);
            assertThatThrownBy(() -> secrets.freshCredentials("taipei")).isInstanceOf(SecretUnavailable.class);
        }
        assertThat(vault.asked).hasValue(1);

        vault.holds("stage/taipei", "canary", "v1");
        clock.move(Duration.ofSeconds(5));

        assertThat(secrets.freshCredentials("taipei").password()).isEqualTo("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "DecryptionFailure", "UnrecognizedClientException", "http_400"})
    void whatMayNotBeReadForAWhileServesAllButALogin(String code) {
        vault.holds("stage/taipei", "old", "v1", "one");
        secrets.credentials("taipei");
        vault.answers.put("stage/taipei", new SecretStore.SecretResponse.Missing(code));
        clock.move(MINUTE.multipliedBy(15).minusMillis(1));

        assertThat(secrets.callbackTokens("taipei")).containsExactly("one");
        assertThat(secrets.credentials("taipei").version()).isEqualTo("v1");
        assertThatThrownBy(() -> secrets.freshCredentials("taipei")).isInstanceOf(MissingSecret.class);

        clock.move(Duration.ofMillis(1));
        assertThatThrownBy(() -> secrets.callbackTokens("taipei")).isInstanceOf(MissingSecret.class);
        assertThatThrownBy(() -> secrets.credentials("taipei")).isInstanceOf(MissingSecret.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ResourceNotFoundException", "InvalidRequestException", "not an object of texts"})
    void whatIsTakenAwayIsGone(String code) {
        vault.holds("stage/taipei", "old", "v1", "one");
        secrets.credentials("taipei");
        vault.answers.put("stage/taipei", new SecretStore.SecretResponse.Missing(code));
        clock.move(MINUTE.multipliedBy(5));

        assertThatThrownBy(() -> secrets.callbackTokens("taipei"))
                .isInstanceOf(MissingSecret.class)
                .hasMessage("no credentials for account taipei");
        isAway();
        clock.move(Duration.ofSeconds(5));
        assertThatThrownBy(() -> secrets.credentials("taipei")).isInstanceOf(SecretUnavailable.class);
    }

    @Test
    void aSecretMayHoldNothingButTokens() {
        vault.answers.put(
                "stage/taipei",
                new SecretStore.SecretResponse.Found(new AccountSecret("", "", "", List.of("one"), List.of(), "v1")));

        assertThat(secrets.callbackTokens("taipei")).containsExactly("one");
        assertThatThrownBy(() -> secrets.credentials("taipei")).isInstanceOf(MissingSecret.class);
    }

    @Test
    @Timeout(60)
    void manyWhoComeAtOnceAskOnce() throws Exception {
        vault.holds("stage/taipei", "canary", "v1");
        vault.held = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(8);
        try {
            var begun = new CountDownLatch(8);
            List<Future<Credentials>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    begun.countDown();
                    return secrets.credentials("taipei");
                }));
            }
            begun.await();
            vault.held.countDown();
            for (var one : all) {
                assertThat(one.get().password()).isEqualTo("canary");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(vault.asked).hasValue(1);
    }
}
