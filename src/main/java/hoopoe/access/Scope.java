package hoopoe.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One thing that a caller may be allowed to do; {@code batches:write} and the like. */
public enum Scope {
    /** To send, and to cancel. */
    BATCHES_WRITE,
    /** To see one's own batches and replies, and the accounts. */
    BATCHES_READ,
    /**
     * To do what touches an account as a whole, to see what its provider says of it, and to see and settle of any caller what only an
     * operator can know.
     */
    ACCOUNTS_ADMIN;

    /** As keys, tokens and documents have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    public static Optional<Scope> of(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text().equals(text))
                .findFirst();
    }

    /** Those of a blank-separated list (RFC 6749 section 3.3) that are ours; others are somebody else's business. */
    public static Set<Scope> all(String texts) {
        return Arrays.stream(texts.split(" "))
                .map(Scope::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Blank-separated, what {@link #all} reads. */
    public static String text(Set<Scope> scopes) {
        return new TreeSet<>(scopes).stream().map(Scope::text).collect(Collectors.joining(" "));
    }
}
