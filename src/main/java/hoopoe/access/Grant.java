package hoopoe.access;

import java.util.Set;

/**
 * What an authorized caller may do.
 *
 * @param caller the caller's name, the same for all their keys
 * @param key names their key in logs: never its secret
 */
public record Grant(String caller, String key, KeyKind kind, Set<Scope> scopes) {

    private static final String TEST = "test:";

    public Grant {
        if (caller.isBlank()) {
            throw new IllegalArgumentException("a caller has a name");
        }
        scopes = Set.copyOf(scopes);
    }

    /**
     * The owner of the caller's batches, replies and idempotency keys. What a caller does with test keys is kept apart, as if
     * it were done by another caller. A caller's name has no colon where it comes from a key.
     */
    public String owner() {
        return kind == KeyKind.TEST ? TEST + caller : caller;
    }

    /** Whether an {@link #owner()} is a caller with test keys. */
    public static boolean isTest(String owner) {
        return owner.startsWith(TEST);
    }

    /**
     * Whether an {@link #owner()} reaches an account.
     *
     * @param simulated whether its provider is a simulator
     */
    public static boolean reaches(String owner, boolean simulated) {
        return simulated || !isTest(owner);
    }

    /** @param simulated whether the provider of the account is a simulator */
    public boolean reaches(boolean simulated) {
        return simulated || kind == KeyKind.LIVE;
    }

    /**
     * Whether the caller may see and decide on a batch of this owner: their own and, with {@link Scope#ACCOUNTS_ADMIN}, all
     * that were made with keys of the same kind.
     */
    public boolean looksAfter(String owner) {
        return owner.equals(owner()) || allows(Scope.ACCOUNTS_ADMIN) && isTest(owner) == (kind == KeyKind.TEST);
    }

    public boolean allows(Scope scope) {
        return scopes.contains(scope);
    }
}
