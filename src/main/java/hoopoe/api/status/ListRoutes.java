package hoopoe.api.status;

import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.QueryParameters;
import hoopoe.api.http.ResponseSizeLimit;
import hoopoe.batch.BatchState;
import hoopoe.batch.view.BatchListReader;
import hoopoe.batch.view.BatchReader;
import hoopoe.batch.view.BatchView;
import hoopoe.batch.view.MessageReader;
import hoopoe.batch.view.MessageView;
import hoopoe.inbox.ReplySearch;
import hoopoe.message.MessageState;
import hoopoe.store.batch.BatchIndex;
import hoopoe.store.inbox.ReplyFeed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routes of lists: query parameters in, a page out. */
@ApplicationScoped
class ListRoutes {

    private static final int MOST_BATCHES = 50;
    private static final int MOST_MESSAGES = 1000;
    private static final int MOST_REPLIES = 1000;
    private static final int USUAL_BATCHES = 20;
    private static final int USUAL_ROWS = 100;

    /** A number as it is written, not filled up by zeros. */
    private static final Pattern MESSAGE = Pattern.compile("(.*)-(0|[1-9]\\d{0,5})");

    private final BatchReader reader;
    private final MessageReader messages;
    private final BatchListReader batches;
    private final ReplyFeed replyFeed;
    private final Accounts accounts;

    ListRoutes(
            Accounts accounts,
            BatchReader reader,
            MessageReader messages,
            BatchListReader batches,
            ReplyFeed replyFeed) {
        this.accounts = accounts;
        this.reader = reader;
        this.messages = messages;
        this.batches = batches;
        this.replyFeed = replyFeed;
    }

    @RegisterForReflection
    record MessageListResponse(
            List<MessageView> messages, @Nullable String nextCursor) {}

    @RegisterForReflection
    record BatchListResponse(
            List<BatchView> batches, @Nullable String nextCursor) {}

    @RegisterForReflection
    record ReplyListResponse(List<ReplyView> replies, String nextCursor) {}

    ApiResponse messages(ApiRequest apiRequest) {
        var queryParameters = apiRequest.query("state", "reference", "limit", "cursor");
        var query = new MessageReader.MessageQuery(
                queryParameters.text("state").map(ListRoutes::messageState).orElse(null),
                queryParameters.text("reference").orElse(null),
                apiRequest.grant().allows(Scope.MESSAGES_CONTENT),
                queryParameters.text("cursor").map(ListRoutes::number).orElse(0),
                queryParameters.limit(USUAL_ROWS, MOST_MESSAGES));
        var batch =
                reader.find(apiRequest.caller(), apiRequest.pathParameter("id")).orElseThrow(ProblemCatalogue::noBatch);
        var messagePage = messages.page(batch, query);
        var fitting = ResponseSizeLimit.of(messagePage.messages());
        var next = fitting.size() == messagePage.messages().size()
                ? messagePage.next()
                : Integer.valueOf(messagePage.messages().get(fitting.size()).number());
        return ApiResponse.ok(new MessageListResponse(fitting, next == null ? null : ListCursor.MESSAGES.of(next)));
    }

    private static int number(String cursor) {
        var number = ListCursor.MESSAGES.read(cursor);
        if (!number.matches("\\d{1,6}")) {
            throw ListCursor.invalid();
        }
        return Integer.parseInt(number);
    }

    private static MessageState messageState(String label) {
        return Arrays.stream(MessageState.values())
                .filter(state -> state.label().equals(label))
                .findFirst()
                .orElseThrow(() -> QueryParameters.wrong("state", "is no state of a message"));
    }

    /** One message, whose id is its batch's and its number. */
    ApiResponse message(ApiRequest apiRequest) {
        apiRequest.query();
        var id = MESSAGE.matcher(apiRequest.pathParameter("id"));
        return Optional.of(id)
                .filter(Matcher::matches)
                .flatMap(parts -> reader.find(apiRequest.caller(), parts.group(1)))
                .flatMap(batch -> messages.find(
                        batch, Integer.parseInt(id.group(2)), apiRequest.grant().allows(Scope.MESSAGES_CONTENT)))
                .map(ApiResponse::ok)
                .orElseThrow(() -> ProblemCatalogue.MESSAGE_NOT_FOUND.because("There is no such message."));
    }

    ApiResponse batches(ApiRequest apiRequest) {
        var queryParameters = apiRequest.query("state", "reference", "account", "from", "until", "limit", "cursor");
        var search = new BatchListReader.Search(
                apiRequest.caller(),
                queryParameters.text("state").map(ListRoutes::state).orElse(null),
                queryParameters.text("reference").orElse(null),
                queryParameters
                        .text("account")
                        .map(name -> apiRequest.account(accounts, name).name())
                        .orElse(null),
                queryParameters.instant("from").orElse(null),
                queryParameters.instant("until").orElse(null),
                queryParameters.text("cursor").map(ListRoutes::place).orElse(""),
                queryParameters.limit(USUAL_BATCHES, MOST_BATCHES));
        var batchPage = batches.page(search, apiRequest.deadline());
        var fitting = ResponseSizeLimit.of(batchPage.batches());
        var next = fitting.size() == batchPage.batches().size() ? batchPage.next() : place(last(fitting));
        return ApiResponse.ok(new BatchListResponse(fitting, next == null ? null : ListCursor.BATCHES.of(next)));
    }

    private static String place(BatchView row) {
        return BatchIndex.placeOf(row.createdAt(), row.id());
    }

    private static <T> T last(List<T> rows) {
        return rows.get(rows.size() - 1);
    }

    /** Replies that belong to no batch are shown to every caller that reaches their account. */
    private Set<String> reached(ApiRequest apiRequest) {
        return accounts.all().stream()
                .filter(account -> apiRequest.grant().reaches(account.simulated()))
                .map(Account::name)
                .collect(Collectors.toSet());
    }

    private static BatchState state(String label) {
        return BatchState.of(label).orElseThrow(() -> QueryParameters.wrong("state", "is no state of a batch"));
    }

    private static String place(String cursor) {
        var place = ListCursor.BATCHES.read(cursor);
        if (!BatchIndex.isPlace(place)) {
            throw ListCursor.invalid();
        }
        return place;
    }

    ApiResponse replies(ApiRequest apiRequest) {
        var queryParameters = apiRequest.query("account", "batch", "from", "until", "limit", "cursor");
        boolean operator = apiRequest.grant().allows(Scope.ACCOUNTS_ADMIN);
        var replyCursor = new ReplyCursor(apiRequest.caller(), operator);
        var search = new ReplySearch(
                apiRequest.caller(),
                operator,
                apiRequest.grant().kind() == KeyKind.LIVE ? null : reached(apiRequest),
                queryParameters
                        .text("account")
                        .map(name -> apiRequest.account(accounts, name).name())
                        .orElse(null),
                queryParameters.text("batch").orElse(null),
                Stream.of(
                                queryParameters.instant("from").map(ReplyFeed::before),
                                queryParameters.text("cursor").map(replyCursor::read))
                        .flatMap(Optional::stream)
                        .reduce(Instant.EPOCH, ListRoutes::later),
                queryParameters.instant("until").orElse(null),
                queryParameters.limit(USUAL_ROWS, MOST_REPLIES));
        var repliesPage = replyFeed.page(search);
        var rows = repliesPage.replies().stream().map(ReplyView::of).toList();
        var fitting = ResponseSizeLimit.of(rows);
        var next = fitting.size() == rows.size()
                ? repliesPage.next()
                : repliesPage.replies().get(fitting.size() - 1).at();
        return ApiResponse.ok(new ReplyListResponse(fitting, replyCursor.of(next)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
