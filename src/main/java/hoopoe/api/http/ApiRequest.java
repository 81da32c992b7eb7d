package hoopoe.api.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.Grant;
import hoopoe.access.Scope;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.platform.Sha256;
import hoopoe.provider.Deadline;
import hoopoe.store.batch.IdempotencyKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An API request. Its methods throw a {@link ProblemException} for what the caller did wrong. */
public final class ApiRequest {

    /** Visible ASCII, bare or as a string of RFC 8941, section 3.3.3. */
    private static final Pattern IDEMPOTENCY_KEY =
            Pattern.compile("([!#-~]{1,255})|\"((?:[!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}+)\"");

    /** In bytes: the most that Lambda takes. */
    static final int BODY_LIMIT = 6 * 1024 * 1024;

    private final APIGatewayV2HTTPEvent event;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final RequestPath called;
    private final byte[] bytes;
    private final Deadline deadline;
    private @Nullable JsonNode json;
    private @Nullable Grant grant;

    ApiRequest(APIGatewayV2HTTPEvent event, Deadline deadline) {
        this.event = event;
        this.called = RequestPath.of(event);
        this.bytes = bytes(event);
        this.deadline = deadline;
        if (event.getHeaders() != null) {
            headers.putAll(event.getHeaders());
        }
    }

    private static byte[] bytes(APIGatewayV2HTTPEvent event) {
        if (event.getBody() == null) {
            return new byte[0];
        }
        return event.getIsBase64Encoded()
                ? Base64.getMimeDecoder().decode(event.getBody())
                : event.getBody().getBytes(StandardCharsets.UTF_8);
    }

    public String method() {
        return event.getRequestContext().getHttp().getMethod();
    }

    /** As the template names it: {@code GET /v1/batches/{id}}. */
    public String route() {
        return Objects.requireNonNullElse(event.getRouteKey(), "");
    }

    /** The route's path with its parameters, without the query: the same for every domain. */
    public String path() {
        return called.path();
    }

    /** @return a path of the API as this caller reaches it: after the base path that they called */
    public String link(String path) {
        return called.base() + path;
    }

    /** @throws IllegalStateException where the route has no such parameter: a mistake of ours */
    public String pathParameter(String name) {
        var value = event.getPathParameters() == null
                ? null
                : event.getPathParameters().get(name);
        if (value == null) {
            throw new IllegalStateException("a route without " + name);
        }
        return value;
    }

    /** The name may be in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The media type that the caller wants most; the first where all are equal to them, or none is wanted. */
    public String accepted(String... offered) {
        return AcceptHeader.best(header("Accept"), List.of(offered));
    }

    /** Undecoded; empty where there is none. */
    public String rawQuery() {
        return Objects.requireNonNullElse(event.getRawQueryString(), "");
    }

    /** @throws ProblemException {@code invalid_request} for a parameter that is not one of {@code known}, or given twice */
    public QueryParameters query(String... known) {
        return QueryParameters.of(rawQuery(), Set.of(known));
    }

    /** The body as it came. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * The body as one of our records.
     *
     * @throws ProblemException {@code invalid_json}, {@code payload_too_large}, {@code unknown_field}, {@code invalid_request}
     */
    public <T> T body(Class<T> type) {
        return ApiJson.as(type, json());
    }

    private JsonNode json() {
        if (json == null) {
            json = readJson();
        }
        return json;
    }

    private JsonNode readJson() {
        if (bytes.length > BODY_LIMIT) {
            throw ProblemCatalogue.PAYLOAD_TOO_LARGE.because("The body is longer than " + BODY_LIMIT + " bytes.");
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            // RFC 8259, section 8.1: a byte order mark may be ignored.
            return ApiJson.read((text.length() > 0 && text.charAt(0) == '\uFEFF' ? text.position(1) : text).toString());
        } catch (CharacterCodingException e) {
            throw ProblemCatalogue.INVALID_JSON.because("The body is not UTF-8.");
        }
    }

    /**
     * Checks that the caller has a scope; each route does this first.
     *
     * @return the caller's grant
     * @throws ProblemException {@code forbidden_scope}
     * @throws IllegalStateException where API Gateway authorized no caller: a mistake of the template
     */
    public Grant require(Scope scope) {
        var given = GrantResolver.grant(event)
                .orElseThrow(() -> new IllegalStateException("a call that nobody authorized: " + route()));
        if (!given.allows(scope)) {
            throw ProblemCatalogue.FORBIDDEN_SCOPE.because("This needs the scope " + scope.text() + '.');
        }
        grant = given;
        return given;
    }

    /**
     * The caller's grant.
     *
     * @throws IllegalStateException where no scope was required before: a mistake of ours
     */
    public Grant grant() {
        if (grant == null) {
            throw new IllegalStateException("a route that requires no scope: " + route());
        }
        return grant;
    }

    /** The owner of the batches that may be seen, and the scope of idempotency; throws as {@link #grant()}. */
    public String caller() {
        return grant().owner();
    }

    /** @throws ProblemException {@code account_not_found}, {@code account_live_only} */
    public Account account(Accounts accounts, String name) {
        return account(accounts, name, null);
    }

    /** The same for a name in the body. */
    public Account account(Accounts accounts, String name, @Nullable String pointer) {
        var account = accounts.find(name)
                .orElseThrow(() ->
                        refusal(pointer, ProblemCatalogue.ACCOUNT_NOT_FOUND, "There is no account of this name."));
        if (!grant().reaches(account.simulated())) {
            throw refusal(pointer, ProblemCatalogue.ACCOUNT_LIVE_ONLY, "A test key does not reach this account.");
        }
        return account;
    }

    private static ProblemException refusal(@Nullable String pointer, ProblemCatalogue kind, String detail) {
        return pointer == null ? kind.because(detail) : new ProblemException(Problem.at(pointer, kind, detail));
    }

    /** When the invocation has to be over. */
    public Deadline deadline() {
        return deadline;
    }

    /** API Gateway's id, which names this request in our logs. */
    public String requestId() {
        return Objects.requireNonNullElse(event.getRequestContext().getRequestId(), "");
    }

    /**
     * The caller's idempotency key for this request; empty where they sent none.
     *
     * @throws ProblemException {@code idempotency_key_invalid}
     */
    public Optional<IdempotencyKey> idempotency() {
        return idempotencyKey().map(key -> new IdempotencyKey(caller(), method(), path(), key, fingerprint()));
    }

    Optional<String> idempotencyKey() {
        return header("Idempotency-Key")
                .map(String::strip)
                .map(IDEMPOTENCY_KEY::matcher)
                .map(ApiRequest::key);
    }

    private static String key(Matcher key) {
        if (!key.matches()) {
            throw ProblemCatalogue.IDEMPOTENCY_KEY_INVALID.because("The header Idempotency-Key is not valid.");
        }
        return key.group(1) == null ? key.group(2).replaceAll("\\\\(.)", "$1") : key.group(1);
    }

    /** Equal for the same request, whatever the spaces and order of its JSON. A body that is no JSON is taken as it is. */
    public String fingerprint() {
        var line = method() + ' ' + path() + '?' + rawQuery() + '\n';
        return HexFormat.of().formatHex(Sha256.bytes(line.getBytes(StandardCharsets.UTF_8), canonicalBody()));
    }

    private byte[] canonicalBody() {
        if (bytes.length == 0) {
            return bytes;
        }
        try {
            return ApiJson.write(json()).getBytes(StandardCharsets.UTF_8);
        } catch (ProblemException e) {
            return bytes;
        }
    }
}
