package hoopoe.api.status;

import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.Problem;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.ProblemException;
import hoopoe.batch.search.NumberSearch;
import hoopoe.batch.search.NumberSearch.FoundMessage;
import hoopoe.batch.search.NumberSearch.NumberQuery;
import hoopoe.batch.view.MessageView;
import hoopoe.inbox.ReplySearch;
import hoopoe.message.PhoneNumber;
import hoopoe.store.NumberIndex.NumberPlace;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/messages/search}: a number stands in the body, because addresses are logged by whoever passes them on. */
@ApplicationScoped
class SearchRoute {

    /** So few fit into a response, however long their texts are. */
    private static final int MOST_FOUND = 100;

    private static final int USUAL_FOUND = 20;

    private final Accounts accounts;
    private final NumberSearch numberSearch;

    SearchRoute(Accounts accounts, NumberSearch numberSearch) {
        this.accounts = accounts;
        this.numberSearch = numberSearch;
    }

    /**
     * What a caller searches for.
     *
     * @param to E.164
     * @param from RFC 3339 with an offset, as until
     */
    @RegisterForReflection
    record SearchRequest(
            @Nullable String to,
            @Nullable String from,
            @Nullable String until,
            @Nullable Integer limit,
            @Nullable String cursor) {}

    @RegisterForReflection
    record SearchResponse(
            List<SearchResultView> results, @Nullable String nextCursor) {}

    /** One of the two is there. */
    @RegisterForReflection
    record SearchResultView(
            Instant at,
            @Nullable MessageView message,
            @Nullable ReplyView reply) {

        static SearchResultView of(FoundMessage found) {
            return new SearchResultView(
                    found.at(), found.message(), found.reply() == null ? null : ReplyView.of(found.reply(), null));
        }
    }

    ApiResponse search(ApiRequest apiRequest) {
        apiRequest.query();
        var body = apiRequest.body(SearchRequest.class);
        var query = new NumberQuery(
                number(body.to()),
                apiRequest.grant().allows(Scope.MESSAGES_CONTENT),
                time("/from", body.from()),
                time("/until", body.until()),
                body.cursor() == null ? "" : place(body.cursor()),
                limit(body.limit()));
        var page = numberSearch.page(visible(apiRequest.grant()), query, apiRequest.deadline());
        var rows = page.found().stream().map(SearchResultView::of).toList();
        return ApiResponse.ok(new SearchResponse(rows, page.next() == null ? null : ListCursor.SEARCH.of(page.next())));
    }

    /** As in the feed. */
    private ReplySearch visible(Grant grant) {
        var reached = accounts.all().stream()
                .filter(account -> grant.reaches(account.simulated()))
                .map(Account::name)
                .collect(Collectors.toSet());
        return new ReplySearch(
                grant.owner(),
                grant.allows(Scope.ACCOUNTS_ADMIN),
                grant.kind() == KeyKind.LIVE ? null : reached,
                null,
                null,
                Instant.EPOCH,
                null,
                MOST_FOUND);
    }

    private static PhoneNumber number(@Nullable String to) {
        if (to == null || !PhoneNumber.isE164(to)) {
            throw refused("/to", "This is a number in E.164, as +886912345678 is.");
        }
        return new PhoneNumber(to);
    }

    private static @Nullable Instant time(String pointer, @Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw refused(pointer, "This is a time as in 2026-01-31T08:00:00Z.");
        }
    }

    private static int limit(@Nullable Integer limit) {
        int wanted = Objects.requireNonNullElse(limit, USUAL_FOUND);
        if (wanted < 1 || wanted > MOST_FOUND) {
            throw refused("/limit", "This is a number from 1 to " + MOST_FOUND + '.');
        }
        return wanted;
    }

    private static String place(String cursor) {
        var place = ListCursor.SEARCH.read(cursor);
        if (!NumberPlace.isOne(place)) {
            throw ListCursor.invalid();
        }
        return place;
    }

    private static ProblemException refused(String pointer, String detail) {
        return new ProblemException(Problem.at(pointer, ProblemCatalogue.INVALID_REQUEST, detail));
    }
}
