package hoopoe.access;

import java.util.Set;

/**
 * What a caller was let in with.
 *
 * @param caller whose batches these are; the same for all his keys
 * @param key what he showed, as a log may have it: never its secret
 */
public record Grant(String caller, String key, KeyKind kind, Set<Scope> scopes) {

    public Grant {
        if (caller.isBlank()) {
            throw new IllegalArgumentException("a caller has a name");
        }
        scopes = Set.copyOf(scopes);
    }

    public boolean allows(Scope scope) {
        return scopes.contains(scope);
    }
}
