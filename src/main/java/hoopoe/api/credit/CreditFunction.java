package hoopoe.api.credit;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Scope;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.credit.AccountReader;
import hoopoe.account.credit.AccountView;
import hoopoe.account.credit.CloseSession;
import hoopoe.account.credit.CloseSession.CloseSessionResult;
import hoopoe.account.credit.CreditReader;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.provider.Points;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/accounts}, {@code GET /v1/accounts/{account}/credit} and {@code DELETE /v1/accounts/{account}/session}.
 */
@ApplicationScoped
public class CreditFunction {

    private final ApiGatewayAdapter apiGatewayAdapter;
    private final Accounts accounts;
    private final AccountReader reader;
    private final CreditReader creditReader;
    private final CloseSession closeSession;

    public CreditFunction(
            ApiGatewayAdapter apiGatewayAdapter,
            Accounts accounts,
            AccountReader reader,
            CreditReader creditReader,
            CloseSession closeSession) {
        this.apiGatewayAdapter = apiGatewayAdapter;
        this.accounts = accounts;
        this.reader = reader;
        this.creditReader = creditReader;
        this.closeSession = closeSession;
    }

    @Funq("credit")
    public APIGatewayV2HTTPResponse credit(APIGatewayV2HTTPEvent event) {
        return apiGatewayAdapter.answer(event, this::reply);
    }

    private ApiResponse reply(ApiRequest apiRequest) {
        apiRequest.require(apiRequest.route().equals("GET /v1/accounts") ? Scope.BATCHES_READ : Scope.ACCOUNTS_ADMIN);
        apiRequest.query();
        return switch (apiRequest.route()) {
            case "GET /v1/accounts" -> ApiResponse.ok(new AccountsResponse(reader.all(apiRequest.grant())));
            case "GET /v1/accounts/{account}/credit" -> credit(apiRequest);
            case "DELETE /v1/accounts/{account}/session" -> close(apiRequest);
            default -> throw ProblemCatalogue.NOT_FOUND.because("There is no such route.");
        };
    }

    private ApiResponse credit(ApiRequest apiRequest) {
        var account = account(apiRequest);
        var credit = creditReader.of(account, apiRequest.deadline());
        return ApiResponse.ok(new CreditResponse(account.name(), Points.of(credit.points()), credit.asOf()));
    }

    private ApiResponse close(ApiRequest apiRequest) {
        var account = account(apiRequest);
        var outcome = closeSession.close(account, apiRequest.idempotency(), apiRequest.deadline());
        if (outcome instanceof CloseSessionResult.SessionClosed sessionClosed) {
            return ApiResponse.ok(new SessionResponse(account.name(), sessionClosed.confirmed()));
        } else if (outcome instanceof CloseSessionResult.CloseReplayed closeReplayed) {
            return ApiResponse.ok(new SessionResponse(
                            account.name(), closeReplayed.confirmed().orElse(null)))
                    .replayed();
        } else if (outcome instanceof CloseSessionResult.KeyReused) {
            throw ProblemCatalogue.IDEMPOTENCY_KEY_REUSED.because("The key was used for another request.");
        }
        throw ProblemCatalogue.IDEMPOTENCY_IN_PROGRESS.because("The same call is still in progress.");
    }

    private Account account(ApiRequest apiRequest) {
        return apiRequest.account(accounts, apiRequest.pathParameter("account"));
    }

    @RegisterForReflection
    record AccountsResponse(List<AccountView> accounts) {}

    @RegisterForReflection
    record CreditResponse(String account, Points points, Instant asOf) {}

    /**
     * The response to closing a session.
     *
     * @param closed whether the provider said that it ended a session; false also where there was none. Null while an earlier
     *     request with the same key is not finished
     */
    @RegisterForReflection
    record SessionResponse(String account, @Nullable Boolean closed) {}
}
