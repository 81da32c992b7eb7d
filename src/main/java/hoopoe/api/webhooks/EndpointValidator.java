package hoopoe.api.webhooks;

import hoopoe.account.Accounts;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.Problem;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.ProblemException;
import hoopoe.event.EventType;
import hoopoe.event.webhook.AddressPolicy;
import hoopoe.event.webhook.AddressPolicy.AddressVerdict.CallableAddress;
import hoopoe.event.webhook.AddressPolicy.AddressVerdict.RefusedAddress;
import hoopoe.message.Surrogates;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates what callers say of an endpoint. All methods throw a {@link ProblemException} that points at the member. */
@ApplicationScoped
class EndpointValidator {

    /** Of types, and of accounts. */
    static final int MOST_NAMES = 100;

    /** In characters, as JSON Schema counts. */
    static final int LONGEST_DESCRIPTION = 200;

    private final Accounts accounts;
    private final AddressPolicy addressPolicy;

    EndpointValidator(Accounts accounts, AddressPolicy addressPolicy) {
        this.accounts = accounts;
        this.addressPolicy = addressPolicy;
    }

    /** Looks the host's name up, which takes some seconds at most. @return in its normal form */
    String url(@Nullable String asked) {
        if (asked == null) {
            throw refused("/url", ProblemCatalogue.INVALID_REQUEST, "This is missing.");
        }
        var verdict = addressPolicy.check(asked);
        if (verdict instanceof RefusedAddress refusedAddress) {
            throw refused("/url", ProblemCatalogue.WEBHOOK_URL_INVALID, refusedAddress.why());
        }
        return ((CallableAddress) verdict).url().toString();
    }

    static Set<String> types(@Nullable List<String> asked) {
        var labels = names("/types", asked);
        for (int i = 0; i < labels.size(); i++) {
            if (EventType.of(labels.get(i)).isEmpty()) {
                throw refused("/types/" + i, ProblemCatalogue.INVALID_REQUEST, "There is no such type.");
            }
        }
        return new LinkedHashSet<>(labels);
    }

    Set<String> accounts(ApiRequest apiRequest, @Nullable List<String> asked) {
        var names = names("/accounts", asked);
        for (int i = 0; i < names.size(); i++) {
            apiRequest.account(accounts, names.get(i), "/accounts/" + i);
        }
        return new LinkedHashSet<>(names);
    }

    private static List<String> names(String pointer, @Nullable List<String> asked) {
        if (asked == null) {
            return List.of();
        } else if (asked.size() > MOST_NAMES) {
            throw refused(pointer, ProblemCatalogue.INVALID_REQUEST, "There are more than " + MOST_NAMES + '.');
        }
        return asked;
    }

    /** @return null where there is nothing in it */
    static @Nullable String description(@Nullable String asked) {
        if (asked != null && asked.codePointCount(0, asked.length()) > LONGEST_DESCRIPTION) {
            throw refused(
                    "/description",
                    ProblemCatalogue.INVALID_REQUEST,
                    "A description is at most " + LONGEST_DESCRIPTION + " characters long.");
        } else if (asked != null && Surrogates.areTorn(asked)) {
            throw refused("/description", ProblemCatalogue.INVALID_REQUEST, "It contains half a character.");
        }
        return asked == null || asked.isBlank() ? null : asked;
    }

    static ProblemException refused(String pointer, ProblemCatalogue kind, String detail) {
        return new ProblemException(Problem.at(pointer, kind, detail));
    }
}
