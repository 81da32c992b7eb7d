package hoopoe.api.keys;

import hoopoe.access.ApiKey;
import hoopoe.access.IssuedKey;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates the request for a new key. */
record NewKeyValidator(
        String caller,
        KeyKind kind,
        Set<Scope> scopes,
        @Nullable Instant expires) {

    /** No colon and no {@code #}: a colon marks other kinds of callers, {@code #} separates callers in keys of the table. */
    private static final Pattern CALLER = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** @throws ProblemException {@code invalid_request} */
    static NewKeyValidator of(KeysRequest.Create asked, Instant now) {
        return new NewKeyValidator(caller(asked.caller()), kind(asked), scopes(asked), expires(asked.expiresAt(), now));
    }

    /** @throws ProblemException {@code invalid_request} */
    static String caller(@Nullable String name) {
        if (name == null || !CALLER.matcher(name).matches()) {
            throw wrong("caller is 1 to 64 of a-z 0-9 . _ -, the first a letter or digit.");
        }
        return name;
    }

    private static KeyKind kind(KeysRequest.Create asked) {
        return KeyKind.of(asked.kind() == null ? "" : asked.kind()).orElseThrow(() -> wrong("kind is live or test."));
    }

    private static Set<Scope> scopes(KeysRequest.Create asked) {
        if (asked.scopes() == null || asked.scopes().isEmpty()) {
            throw wrong("scopes names at least one of " + Scope.text(EnumSet.allOf(Scope.class)) + '.');
        }
        var scopes = EnumSet.noneOf(Scope.class);
        for (var text : asked.scopes()) {
            scopes.add(Scope.of(text)
                    .orElseThrow(() -> wrong("scopes are of " + Scope.text(EnumSet.allOf(Scope.class)) + '.')));
        }
        return scopes;
    }

    private static @Nullable Instant expires(@Nullable String at, Instant now) {
        if (at == null) {
            return null;
        }
        try {
            var expires = OffsetDateTime.parse(at).toInstant();
            if (expires.isAfter(now) && expires.isBefore(LATEST)) {
                return expires;
            }
        } catch (DateTimeException e) {
            throw wrong("expires_at is a time as 2027-01-31T08:00:00Z.");
        }
        throw wrong("expires_at is a time to come.");
    }

    /** Later times do not sort as text. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    static ProblemException wrong(String detail) {
        return ProblemCatalogue.INVALID_REQUEST.because(detail);
    }

    IssuedKey issued(ApiKey key, Instant now) {
        return new IssuedKey(key.id(), key.hash(), kind, caller, scopes, now, expires, null);
    }
}
