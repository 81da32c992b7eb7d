package hoopoe.api.callback;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.delivery.callback.CallbackHandler;
import hoopoe.delivery.callback.CallbackReader;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.secret.MissingSecret;
import hoopoe.secret.SecretUnavailable;
import hoopoe.secret.Secrets;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jboss.logging.Logger;

/**
 * {@code GET, POST, HEAD /callbacks/{account}/{token}}: stores a callback. It answers 200 only after all is stored; 503 where
 * we cannot store, so that the provider calls again; 404 both for a wrong token and for an unknown account; 422 where the
 * account's provider has no callbacks.
 */
@ApplicationScoped
public class CallbackFunction {

    private static final Logger LOG = Logger.getLogger(CallbackFunction.class);

    private final ApiGatewayAdapter apiGatewayAdapter;
    private final Accounts accounts;
    private final Secrets secrets;
    private final CallbackReader callbackReader;
    private final CallbackHandler callbackHandler;
    private final Metrics metrics;

    public CallbackFunction(
            ApiGatewayAdapter apiGatewayAdapter,
            Accounts accounts,
            Secrets secrets,
            CallbackReader callbackReader,
            CallbackHandler callbackHandler,
            Metrics metrics) {
        this.apiGatewayAdapter = apiGatewayAdapter;
        this.accounts = accounts;
        this.secrets = secrets;
        this.callbackReader = callbackReader;
        this.callbackHandler = callbackHandler;
        this.metrics = metrics;
    }

    @Funq("callback")
    public APIGatewayV2HTTPResponse callback(APIGatewayV2HTTPEvent event) {
        return apiGatewayAdapter.answer(event, apiRequest -> {
            try {
                return answer(apiRequest);
            } catch (MissingSecret | SecretUnavailable | WeakCallbackToken e) {
                // Our fault, unlike a wrong token: 503, so that the provider calls again.
                metrics.internal(1);
                LOG.errorf("request %s: %s", apiRequest.requestId(), SafeStackTrace.of(e));
                return ApiResponse.text(503, "");
            }
        });
    }

    private ApiResponse answer(ApiRequest apiRequest) {
        var token = apiRequest.pathParameter("token");
        var named = accounts.find(apiRequest.pathParameter("account"));
        if (named.isEmpty()) {
            askInVain(token);
        }
        var account = named.filter(found -> isKnown(found, token))
                .orElseThrow(() -> ProblemCatalogue.NOT_FOUND.because("There is no such path."));
        if (token.length() < WeakCallbackToken.SHORTEST) {
            throw new WeakCallbackToken(account.name());
        }
        callbackReader.demand(account);
        return apiRequest.method().equals("HEAD")
                ? ApiResponse.text(200, CallbackContent.OK)
                : take(account, apiRequest);
    }

    /** Compares the token with another account's: neither response nor time tells which accounts exist. */
    private void askInVain(String token) {
        try {
            accounts.all().stream().findFirst().ifPresent(other -> isKnown(other, token));
        } catch (MissingSecret e) {
            // This is reported when that account is called: else a stranger could raise its alarm.
            LOG.debugf("no secret to compare with: %s", e.getMessage());
        }
    }

    /** Compares with all tokens, each in constant time: the time does not tell how near a guess was. */
    private boolean isKnown(Account account, String token) {
        var given = token.getBytes(StandardCharsets.UTF_8);
        var known = false;
        for (var valid : secrets.callbackTokens(account.name())) {
            known |= MessageDigest.isEqual(valid.getBytes(StandardCharsets.UTF_8), given);
        }
        return known;
    }

    private ApiResponse take(Account account, ApiRequest apiRequest) {
        var request = new CallbackRequest(
                apiRequest.method(),
                apiRequest.rawQuery(),
                apiRequest.header("Content-Type").orElse(""),
                apiRequest.bytes());
        try {
            callbackHandler.take(account, request);
            return ApiResponse.text(200, CallbackContent.OK);
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("request %s: a callback could not be stored: %s", apiRequest.requestId(), SafeStackTrace.of(e));
            return ApiResponse.text(503, "");
        }
    }

    /** A callback token that could be guessed, so no callback is accepted with it. A mistake in the account's setup. */
    private static final class WeakCallbackToken extends RuntimeException {

        /** Characters: 128 bits take 22 of base64, or 32 hexadecimal digits. */
        static final int SHORTEST = 22;

        private static final long serialVersionUID = 1;

        WeakCallbackToken(String account) {
            super("a callback token of account " + account + " has less than " + SHORTEST
                    + " characters: set a longer one");
        }
    }
}
