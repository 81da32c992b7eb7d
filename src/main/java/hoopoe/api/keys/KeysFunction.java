package hoopoe.api.keys;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.ApiKey;
import hoopoe.access.Scope;
import hoopoe.api.http.DirectInvocation;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.keys.KeysResponse.KeyView;
import hoopoe.store.access.ApiKeyRepository;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Manages API keys: {@code {"create": {"caller", "kind", "scopes", "expires_at"?}}}, {@code {"list": {"caller"?}}} or
 * {@code {"revoke": {"key"}}}; a refusal is {@code {"error": {…}}}. Each change is one log line; CloudTrail knows its author.
 */
@ApplicationScoped
public class KeysFunction {

    private static final Logger LOG = Logger.getLogger(KeysFunction.class);

    private final DirectInvocation directInvocation;
    private final ApiKeyRepository keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public KeysFunction(DirectInvocation directInvocation, ApiKeyRepository keys, Clock clock) {
        this.directInvocation = directInvocation;
        this.keys = keys;
        this.clock = clock;
    }

    @Funq("keys")
    public JsonNode keys(@Nullable JsonNode event) {
        return directInvocation.answer(event, KeysRequest.class, this::answer);
    }

    private Object answer(KeysRequest request) {
        var asked = Stream.of(request.create(), request.listing(), request.revoke())
                .filter(one -> one != null)
                .count();
        if (asked != 1) {
            throw NewKeyValidator.wrong("Say one of create, list and revoke.");
        } else if (request.create() != null) {
            return create(request.create());
        } else if (request.revoke() != null) {
            return revoke(request.revoke());
        }
        return list(request.listing());
    }

    private KeysResponse.Created create(KeysRequest.Create asked) {
        var now = clock.instant();
        var wanted = NewKeyValidator.of(asked, now);
        var key = ApiKey.random(wanted.kind(), random);
        var issued = wanted.issued(key, now);
        if (!keys.add(issued)) {
            throw NewKeyValidator.wrong(wanted.caller() + " has " + ApiKeyRepository.PLACES + " valid "
                    + wanted.kind().text() + " keys: revoke one first.");
        }
        LOG.infof(
                "audit: key %s created for %s, %s, %s, until %s",
                key.id(),
                wanted.caller(),
                wanted.kind().text(),
                Scope.text(wanted.scopes()),
                wanted.expires() == null ? "revoked" : wanted.expires());
        return new KeysResponse.Created(key.text(), KeyView.of(issued, now));
    }

    private KeysResponse list(KeysRequest.@Nullable Listing asked) {
        var now = clock.instant();
        var caller = asked == null || asked.caller() == null ? null : NewKeyValidator.caller(asked.caller());
        return new KeysResponse(
                keys.list(caller).stream().map(key -> KeyView.of(key, now)).toList());
    }

    private KeysResponse.Revoked revoke(KeysRequest.Revoke asked) {
        var given = asked.key() == null ? "" : asked.key();
        var id = ApiKey.of(given).map(ApiKey::id).orElse(given);
        var key = keys.revoke(id).orElseThrow(() -> ProblemCatalogue.NOT_FOUND.because("There is no key of this id."));
        LOG.infof("audit: key %s of %s revoked", key.id(), key.caller());
        return new KeysResponse.Revoked(KeyView.of(key, clock.instant()));
    }
}
