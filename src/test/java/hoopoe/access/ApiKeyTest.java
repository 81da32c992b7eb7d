package hoopoe.access;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.LocalKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final SecureRandom random = new SecureRandom();

    @Test
    void isReadAsItIsWritten() {
        for (var kind : KeyKind.values()) {
            var key = ApiKey.random(kind, random);

            assertThat(key.text()).matches("hpk_" + kind.text() + "_[0-9a-z]{36}");
            assertThat(ApiKey.of(key.text())).contains(key);
        }
    }

    @Test
    void isRandomInEveryCharacterAndNeverTheSame() {
        var keys = Stream.generate(() -> ApiKey.random(KeyKind.LIVE, random))
                .limit(2000)
                .toList();

        assertThat(keys.stream().map(ApiKey::id)).doesNotHaveDuplicates();
        assertThat(keys.stream().map(ApiKey::secret)).doesNotHaveDuplicates();
        for (int i = 0; i < 26; i++) {
            var at = i;
            // 32 characters are 5 bits, and 26 of 5 bits are 130.
            assertThat(keys.stream().map(key -> key.secret().charAt(at)).collect(Collectors.toSet()))
                    .hasSize(32);
        }
    }

    @Test
    void showsItsSecretOnlyWhereItIsAskedTo() {
        var key = ApiKey.random(KeyKind.TEST, random);

        assertThat(key + "" + Optional.of(key))
                .contains(key.id())
                .doesNotContain(key.secret().substring(0, 4));
        assertThat(issued(key, null, null).toString()).doesNotContain(key.hash());
    }

    @Test
    void itsHashIsThatOfAllOfIt() {
        var live = new ApiKey(KeyKind.LIVE, "0123456789", "a".repeat(26));

        // printf hpk_live_0123456789aaaaaaaaaaaaaaaaaaaaaaaaaa | sha256sum
        assertThat(live.hash()).isEqualTo(LIVE_HASH);
        assertThat(new ApiKey(KeyKind.TEST, live.id(), live.secret()).hash()).isNotEqualTo(live.hash());
    }

    private static final String LIVE_HASH = "5fd847a19a8bdf8fac39b9f61729956442a5ed22350a6efce4b81475c3e9d87e";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hpk_live_",
                "hpk_prod_0123456789aaaaaaaaaaaaaaaaaaaaaaaaaa",
                "hpk_LIVE_0123456789aaaaaaaaaaaaaaaaaaaaaaaaaa",
                "hpk_live_0123456789aaaaaaaaaaaaaaaaaaaaaaaaa",
                "hpk_live_0123456789aaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "hpk_live_0123456789Aaaaaaaaaaaaaaaaaaaaaaaaaa",
                "hpk_live_0123456789aaaaaaaaaaaaaaaaaaaaaaaaaa\n",
                "hpk_live_0123456789aaaaaaaaaaaaa#aaaaaaaaaaaa",
                "xhpk_live_0123456789aaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void whatIsNoKeyIsNone(String text) {
        assertThat(ApiKey.of(text)).isEmpty();
    }

    @Test
    void theLocalStacksKeysCannotBeMade() {
        for (var text : Set.of(LocalKeys.TEST, LocalKeys.LIVE)) {
            var key = ApiKey.of(text).orElseThrow();

            assertThat(key.id()).containsAnyOf("i", "l", "o", "u");
        }
        assertThat(Stream.generate(() -> ApiKey.random(KeyKind.TEST, random))
                        .limit(500)
                        .map(key -> key.id() + key.secret()))
                .allSatisfy(made -> assertThat(made).doesNotContain("i", "l", "o", "u"));
    }

    @Test
    void letsInWhoeverShowsItWhileItIsValid() {
        var key = ApiKey.random(KeyKind.TEST, random);
        var grant = new Grant("shop", key.id(), KeyKind.TEST, Set.of(Scope.BATCHES_READ));

        assertThat(IssuedKey.grant(Optional.of(issued(key, null, null)), key, NOW))
                .contains(grant);
        assertThat(IssuedKey.grant(Optional.of(issued(key, NOW.plusMillis(1), null)), key, NOW))
                .contains(grant);
        assertThat(IssuedKey.grant(Optional.of(issued(key, NOW, null)), key, NOW))
                .isEmpty();
        assertThat(IssuedKey.grant(Optional.of(issued(key, null, NOW)), key, NOW))
                .isEmpty();
    }

    @Test
    void letsInNobodyWhoShowsAnother() {
        var key = ApiKey.random(KeyKind.LIVE, random);
        var issued = Optional.of(issued(key, null, null));

        for (int i = 0; i < key.secret().length(); i++) {
            var wrong = key.secret().toCharArray();
            wrong[i] = wrong[i] == '0' ? '1' : '0';
            assertThat(IssuedKey.grant(issued, new ApiKey(key.kind(), key.id(), new String(wrong)), NOW))
                    .isEmpty();
        }
        assertThat(IssuedKey.grant(issued, new ApiKey(KeyKind.TEST, key.id(), key.secret()), NOW))
                .isEmpty();
        assertThat(IssuedKey.grant(Optional.empty(), key, NOW)).isEmpty();
    }

    @Test
    void scopesAreReadAsTheyAreWritten() {
        assertThat(Scope.all(Scope.text(Set.of(Scope.values())))).containsExactly(Scope.values());
        assertThat(Arrays.stream(Scope.values()).map(Scope::text))
                .containsExactly(
                        "batches:write",
                        "batches:read",
                        "accounts:admin",
                        "webhooks",
                        "messages:content",
                        "people:erase");
        assertThat(Scope.all(" batches:read  BATCHES:WRITE batches:reads ,")).containsExactly(Scope.BATCHES_READ);
    }

    @Test
    void whatIsDoneWithTestKeysIsKeptApart() {
        var test = new Grant("shop", "k", KeyKind.TEST, Set.of());
        var live = new Grant("shop", "k", KeyKind.LIVE, Set.of());

        assertThat(live.owner()).isEqualTo("shop");
        assertThat(test.owner()).isNotEqualTo(live.owner());
        assertThat(Grant.isTest(test.owner())).isTrue();
        assertThat(Grant.isTest(live.owner())).isFalse();
        assertThat(test.reaches(true)).isTrue();
        assertThat(test.reaches(false)).isFalse();
        assertThat(live.reaches(false)).isTrue();
    }

    private static IssuedKey issued(ApiKey key, @Nullable Instant expires, @Nullable Instant revoked) {
        return new IssuedKey(
                key.id(), key.hash(), key.kind(), "shop", Set.of(Scope.BATCHES_READ), NOW, expires, revoked);
    }
}
