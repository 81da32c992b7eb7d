package hoopoe.store.access;

import hoopoe.access.IssuedKey;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stores API keys, by id and by caller. A caller has two slots for valid keys of a kind, so that one key can replace the
 * other. A slot is taken only where it is free: of many requests at once, two get one.
 */
@ApplicationScoped
public class ApiKeyRepository {

    /** How many valid keys of a kind a caller has at most. */
    public static final int PLACES = 2;

    /** How long a key that is no longer valid can still be read. */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final String KEY = "key";
    private static final String PLACE = "place";
    private static final String REVOKED = "revoked";
    private static final String EXPIRES = "expires";

    private final Table table;
    private final Clock clock;

    public ApiKeyRepository(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Strongly consistent: a revocation is seen at once. */
    public Optional<IssuedKey> find(String id) {
        return table.get(Keys.apiKey(id)).map(ApiKeyRepository::read);
    }

    /**
     * @return false where the caller has two valid keys of this kind
     * @throws ContentionException where conflicts with other writers outlast the retries
     */
    public boolean add(IssuedKey key) {
        for (int place = 0; place < PLACES; place++) {
            if (ConflictRetry.transact(table, List.of(item(key, place), taken(key, place)), "key")) {
                return true;
            }
        }
        return false;
    }

    private static Write item(IssuedKey key, int place) {
        return Write.putNew(Item.of(Keys.apiKey(key.id()))
                        .with(Attributes.KIND, "KEY")
                        .with("id", key.id())
                        .with("hash", key.hash())
                        .with("key_kind", key.kind().text())
                        .with("caller", key.caller())
                        .with("scopes", key.scopes().stream().map(Scope::text).collect(Collectors.toSet()))
                        .with("created", key.created())
                        .with(EXPIRES, key.expires())
                        .with(REVOKED, key.revoked())
                        .with(PLACE, place)
                        .with(Attributes.EXPIRES_AT, gone(key.expires())))
                .attempt();
    }

    private Write taken(IssuedKey key, int place) {
        return Write.put(Item.of(Keys.apiKeySlot(key.caller(), key.kind().text(), place))
                        .with(KEY, key.id())
                        .with(EXPIRES, key.expires()))
                .when(
                        "attribute_not_exists({pk}) OR attribute_exists({" + REVOKED + "}) OR {" + EXPIRES + "} <= ?",
                        clock.instant());
    }

    private static @Nullable Long gone(@Nullable Instant end) {
        return end == null ? null : end.plus(KEPT).getEpochSecond();
    }

    /**
     * Sorted by caller, kind and age; also keys that are no longer valid, while no other key has their slot.
     *
     * @param caller null for all
     */
    public List<IssuedKey> list(@Nullable String caller) {
        return table.query(Keys.API_KEYS, Keys.apiKeySlots(caller)).stream()
                .map(place -> find(place.text(KEY)))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(IssuedKey::caller)
                        .thenComparing(IssuedKey::kind)
                        .thenComparing(IssuedKey::created))
                .toList();
    }

    /**
     * Makes a key invalid for good. A repeat changes nothing, but completes a revocation that was interrupted.
     *
     * @return the key as it is stored; empty where there is none
     */
    public Optional<IssuedKey> revoke(String id) {
        var found = table.get(Keys.apiKey(id));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var now = clock.instant();
        ConflictRetry.apply(
                table,
                Write.update(Keys.apiKey(id))
                        .set(REVOKED, now)
                        .set(Attributes.EXPIRES_AT, gone(now))
                        .when("attribute_exists({pk}) AND attribute_not_exists({" + REVOKED + "})"),
                "key");
        var key = read(found.get());
        ConflictRetry.apply(
                table,
                Write.update(Keys.apiKeySlot(
                                key.caller(), key.kind().text(), found.get().number(PLACE)))
                        .set(REVOKED, now)
                        .when("{" + KEY + "} = ?", id),
                "key");
        return find(id);
    }

    private static IssuedKey read(Item item) {
        return new IssuedKey(
                item.text("id"),
                item.text("hash"),
                KeyKind.of(item.text("key_kind")).orElseThrow(),
                item.text("caller"),
                item.texts("scopes").stream()
                        .map(Scope::of)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()),
                item.requiredInstant("created"),
                item.instant(EXPIRES),
                item.instant(REVOKED));
    }
}
