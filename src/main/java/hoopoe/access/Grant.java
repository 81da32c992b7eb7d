package hoopoe.access;

import java.util.Set;

/**
 * What a caller was let in with.
 *
 * @param caller whose batches these are; the same for all their keys
 * @param key what they showed, as a log may have it: never its secret
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
     * Whose batches, replies and idempotency keys these are: what a caller does with test keys is kept apart from what they
     * do with live ones, as if they were two. A caller's name has no colon where it comes from a key.
     */
    public String owner() {
        return kind == KeyKind.TEST ? TEST + caller : caller;
    }

    /** Whether this is an {@link #owner()} of what is only for simulators. */
    public static boolean isTest(String owner) {
        return owner.startsWith(TEST);
    }

    /** The same of an {@link #owner()}, whoever asks. */
    public static boolean reaches(String owner, boolean simulated) {
        return simulated || !isTest(owner);
    }

    /** @param simulated whether the provider of the account in question is a simulator */
    public boolean reaches(boolean simulated) {
        return simulated || kind == KeyKind.LIVE;
    }

    /**
     * Whether they may see and settle a batch of this owner: their own, and as who looks after the accounts everybody's that was made
     * with keys of the same kind.
     */
    public boolean looksAfter(String owner) {
        return owner.equals(owner()) || allows(Scope.ACCOUNTS_ADMIN) && isTest(owner) == (kind == KeyKind.TEST);
    }

    public boolean allows(Scope scope) {
        return scopes.contains(scope);
    }
}
