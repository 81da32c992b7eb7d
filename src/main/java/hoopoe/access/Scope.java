package hoopoe.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One permission of a caller: {@code batches:write} and the like. */
public enum Scope {
    /** To send and to cancel batches. */
    BATCHES_WRITE,
    /** To see the caller's own batches and replies, and the accounts. */
    BATCHES_READ,
    /** To act on an account as a whole, to see what its provider says of it, and to see and decide on batches of any caller. */
    ACCOUNTS_ADMIN,
    /** To register endpoints for the caller's own events, which are posted to them. */
    WEBHOOKS,
    /** To see, beside what {@link #BATCHES_READ} shows of the caller's own messages, what they said. */
    MESSAGES_CONTENT,
    /** To have a person forgotten: what was sent to a number, and received from it. */
    PEOPLE_ERASE;

    /** As keys, tokens and documents write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    public static Optional<Scope> of(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text().equals(text))
                .findFirst();
    }

    /** Scopes of Hoopoe in a blank-separated list (RFC 6749 section 3.3); scopes of other systems are left out. */
    public static Set<Scope> all(String texts) {
        return Arrays.stream(texts.split(" "))
                .map(Scope::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A blank-separated list, as {@link #all} reads it. */
    public static String text(Set<Scope> scopes) {
        return new TreeSet<>(scopes).stream().map(Scope::text).collect(Collectors.joining(" "));
    }
}
