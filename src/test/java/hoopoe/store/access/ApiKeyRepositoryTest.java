package hoopoe.store.access;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.ApiKey;
import hoopoe.access.IssuedKey;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.store.Keys;
import hoopoe.store.table.Table;
import hoopoe.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeyRepositoryTest {

    private final MovableClock clock = MovableClock.at("2026-11-22T10:00:00Z");
    private final SecureRandom random = new SecureRandom();
    private final String name = LocalDynamo.shared().createLastingTable();
    private final ApiKeyRepository keys =
            new ApiKeyRepository(new Table(LocalDynamo.shared().client(), name), clock);

    @Test
    void isFoundAsItWasMade() {
        var key = made("shop", KeyKind.LIVE, clock.instant().plusSeconds(60));

        assertThat(keys.add(key)).isTrue();

        assertThat(keys.find(key.id())).contains(key);
        assertThat(keys.find("nobodys")).isEmpty();
    }

    @Test
    void nothingOfItsSecretIsKept() {
        var key = ApiKey.random(KeyKind.LIVE, random);
        keys.add(issued(key, "shop", null));

        var items =
                LocalDynamo.shared().client().scan(scan -> scan.tableName(name)).items();

        assertThat(items).hasSize(2);
        assertThat(items.toString()).contains(key.id(), key.hash()).doesNotContain(key.secret());
    }

    @Test
    void twoOfAKindAreValidAtMost() {
        var first = made("shop", KeyKind.LIVE, null);

        assertThat(keys.add(first)).isTrue();
        assertThat(keys.add(made("shop", KeyKind.LIVE, null))).isTrue();
        assertThat(keys.add(made("shop", KeyKind.LIVE, null))).isFalse();
        assertThat(keys.add(made("shop", KeyKind.TEST, null))).isTrue();
        assertThat(keys.add(made("shop2", KeyKind.LIVE, null))).isTrue();

        keys.revoke(first.id());
        assertThat(keys.add(made("shop", KeyKind.LIVE, null))).isTrue();
        assertThat(keys.add(made("shop", KeyKind.LIVE, null))).isFalse();
    }

    @Test
    void anExpiredOneGivesWay() {
        keys.add(made("shop", KeyKind.LIVE, clock.instant().plusSeconds(60)));
        keys.add(made("shop", KeyKind.LIVE, null));
        assertThat(keys.add(made("shop", KeyKind.LIVE, null))).isFalse();

        clock.move(Duration.ofSeconds(60));

        assertThat(keys.add(made("shop", KeyKind.LIVE, null))).isTrue();
        assertThat(keys.add(made("shop", KeyKind.LIVE, null))).isFalse();
    }

    @Test
    void ofManyWhoTryAtOnceTwoGetOne() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var tries = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 8; i++) {
                tries.add(() -> keys.add(made("shop", KeyKind.LIVE, null)));
            }
            int won = 0;
            for (var tried : threads.invokeAll(tries)) {
                won += tried.get() ? 1 : 0;
            }

            assertThat(won).isEqualTo(2);
            assertThat(keys.list("shop")).hasSize(2).allMatch(key -> key.isValid(clock.instant()));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aRevokedOneIsSeenAsRevokedAtOnceAndForGood() {
        var key = made("shop", KeyKind.LIVE, null);
        keys.add(key);
        var at = clock.instant();

        assertThat(keys.revoke(key.id()))
                .hasValueSatisfying(revoked -> assertThat(revoked.revoked()).isEqualTo(at));
        clock.move(Duration.ofDays(1));

        assertThat(keys.revoke(key.id()))
                .hasValueSatisfying(again -> assertThat(again.revoked()).isEqualTo(at));
        assertThat(keys.find(key.id())).hasValueSatisfying(found -> assertThat(found.isValid(clock.instant()))
                .isFalse());
        assertThat(keys.revoke("nobodys")).isEmpty();
    }

    @Test
    void oneRevokedLateDoesNotFreeThePlaceThatItLost() {
        var old = made("shop", KeyKind.LIVE, clock.instant().plusSeconds(60));
        keys.add(old);
        clock.move(Duration.ofSeconds(61));
        keys.add(made("shop", KeyKind.LIVE, null));
        keys.add(made("shop", KeyKind.LIVE, null));

        keys.revoke(old.id());

        assertThat(keys.add(made("shop", KeyKind.LIVE, null))).isFalse();
    }

    @Test
    void areListedByCaller() {
        var one = made("shop", KeyKind.LIVE, null);
        var two = made("shop", KeyKind.TEST, null);
        var other = made("shop.two", KeyKind.LIVE, null);
        List.of(other, two, one).forEach(keys::add);

        assertThat(keys.list("shop")).containsExactly(one, two);
        assertThat(keys.list("sho")).isEmpty();
        assertThat(keys.list(null)).containsExactly(one, two, other);
    }

    @Test
    void onlyWhatIsValidNoMoreIsLeftToTimeToLive() {
        var lasting = made("shop", KeyKind.LIVE, null);
        var ending = made("shop", KeyKind.LIVE, clock.instant().plusSeconds(60));
        List.of(lasting, ending).forEach(keys::add);

        assertThat(timeToLive(lasting)).isNull();
        assertThat(timeToLive(ending)).isAfter(ending.expires());
        keys.revoke(lasting.id());
        assertThat(timeToLive(lasting)).isAfter(clock.instant());
    }

    private @Nullable Instant timeToLive(IssuedKey key) {
        var item = LocalDynamo.shared()
                .client()
                .getItem(get -> get.tableName(name).key(Keys.apiKey(key.id()).attributes()))
                .item();
        return item.containsKey("expires_at")
                ? Instant.ofEpochSecond(Long.parseLong(item.get("expires_at").n()))
                : null;
    }

    private IssuedKey made(String caller, KeyKind kind, @Nullable Instant expires) {
        return issued(ApiKey.random(kind, random), caller, expires);
    }

    private IssuedKey issued(ApiKey key, String caller, @Nullable Instant expires) {
        var scopes = Set.of(Scope.BATCHES_WRITE, Scope.ACCOUNTS_ADMIN);
        return new IssuedKey(key.id(), key.hash(), key.kind(), caller, scopes, clock.instant(), expires, null);
    }
}
