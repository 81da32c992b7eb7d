package hoopoe.secret;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Secrets from a secret store: account {@code x}'s is named by the prefix and {@code x}. Cached, except for logins. */
final class StoredSecrets implements Secrets {

    /** The longest time before a change is seen. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** What stands in logs where else an account does, whose name has no brackets. */
    private static final String NUMBER_KEYS = "(number keys)";

    private final SecretStore secretStore;
    private final String prefix;
    private final Duration keep;
    private final Clock clock;
    private final Map<String, CachedSecret> kept = new ConcurrentHashMap<>();
    private final @Nullable CachedSecret numberKeys;

    /**
     * @param numberKeys the secret with the keys of number tags; null for none
     * @param keep at most {@link #LONGEST} is used
     */
    StoredSecrets(SecretStore secretStore, String prefix, @Nullable String numberKeys, Duration keep, Clock clock) {
        this.secretStore = secretStore;
        this.prefix = prefix;
        this.keep = keep.compareTo(LONGEST) < 0 ? keep : LONGEST;
        this.clock = clock;
        this.numberKeys =
                numberKeys == null ? null : new CachedSecret(NUMBER_KEYS, numberKeys, secretStore, this.keep, clock);
    }

    @Override
    public Credentials credentials(String account) {
        return credentials(account, of(account).recent());
    }

    @Override
    public Credentials freshCredentials(String account) {
        return credentials(account, of(account).fresh());
    }

    @Override
    public List<String> callbackTokens(String account) {
        return of(account).recent().callbackTokens();
    }

    @Override
    public List<String> numberKeys() {
        return numberKeys == null ? List.of() : numberKeys.recent().numberKeys();
    }

    private static Credentials credentials(String account, AccountSecret secret) {
        return secret.credentials().orElseThrow(() -> new MissingSecret(account));
    }

    private CachedSecret of(String account) {
        return kept.computeIfAbsent(
                account, unknown -> new CachedSecret(account, prefix + account, secretStore, keep, clock));
    }
}
