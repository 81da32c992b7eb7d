package hoopoe.credit;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.access.Scope;
import hoopoe.account.AccountReader;
import hoopoe.account.Closing;
import hoopoe.account.ClosingOutcome;
import hoopoe.account.Credits;
import hoopoe.http.Call;
import hoopoe.http.Http;
import hoopoe.http.Problems;
import hoopoe.http.Reply;
import hoopoe.provider.Account;
import hoopoe.provider.Accounts;
import hoopoe.provider.Points;
import hoopoe.store.Claim;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * {@code GET /v1/accounts}, {@code GET /v1/accounts/{account}/credit} and {@code DELETE /v1/accounts/{account}/session}.
 */
@ApplicationScoped
public class CreditFunction {

    private final Http http;
    private final Accounts accounts;
    private final AccountReader reader;
    private final Credits credits;
    private final Closing closing;

    public CreditFunction(Http http, Accounts accounts, AccountReader reader, Credits credits, Closing closing) {
        this.http = http;
        this.accounts = accounts;
        this.reader = reader;
        this.credits = credits;
        this.closing = closing;
    }

    @Funq("credit")
    public APIGatewayV2HTTPResponse credit(APIGatewayV2HTTPEvent event) {
        return http.answer(event, this::reply);
    }

    private Reply reply(Call call) {
        call.require(call.route().equals("GET /v1/accounts") ? Scope.BATCHES_READ : Scope.ACCOUNTS_ADMIN);
        call.query();
        return switch (call.route()) {
            case "GET /v1/accounts" -> Reply.ok(new AccountsResponse(reader.all(call.grant())));
            case "GET /v1/accounts/{account}/credit" -> credit(call);
            case "DELETE /v1/accounts/{account}/session" -> close(call);
            default -> throw Problems.NOT_FOUND.because("There is no such route.");
        };
    }

    private Reply credit(Call call) {
        var account = account(call);
        var credit = credits.of(account, call.deadline());
        return Reply.ok(new CreditResponse(account.name(), Points.of(credit.points()), credit.asOf()));
    }

    private Reply close(Call call) {
        var account = account(call);
        var outcome = closing.close(account, claim(call), call.deadline());
        if (outcome instanceof ClosingOutcome.Closed closed) {
            return Reply.ok(new SessionResponse(account.name(), closed.confirmed()));
        } else if (outcome instanceof ClosingOutcome.Replayed replayed) {
            return Reply.ok(new SessionResponse(
                            account.name(), replayed.confirmed().orElse(null)))
                    .replayed();
        } else if (outcome instanceof ClosingOutcome.KeyReused) {
            throw Problems.IDEMPOTENCY_KEY_REUSED.because("The key was used for another request.");
        }
        throw Problems.IDEMPOTENCY_IN_PROGRESS.because("The same call is being worked on.");
    }

    private Account account(Call call) {
        var account = accounts.find(call.pathParameter("account"))
                .orElseThrow(() -> Problems.ACCOUNT_NOT_FOUND.because("There is no account of this name."));
        if (!call.grant().reaches(account.simulated())) {
            throw Problems.ACCOUNT_LIVE_ONLY.because("A test key has no business with this account.");
        }
        return account;
    }

    private static Optional<Claim> claim(Call call) {
        return call.idempotencyKey()
                .map(key -> new Claim(call.caller(), call.method(), call.path(), key, call.fingerprint()));
    }
}
