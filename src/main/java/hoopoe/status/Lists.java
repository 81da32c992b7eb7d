package hoopoe.status;

import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.batch.view.BatchLists;
import hoopoe.batch.view.BatchReader;
import hoopoe.batch.view.BatchState;
import hoopoe.batch.view.BatchView;
import hoopoe.batch.view.MessageReader;
import hoopoe.batch.view.MessageView;
import hoopoe.http.Call;
import hoopoe.http.Fitting;
import hoopoe.http.Problems;
import hoopoe.http.Query;
import hoopoe.http.Reply;
import hoopoe.provider.Account;
import hoopoe.provider.Accounts;
import hoopoe.store.BatchPages;
import hoopoe.store.Replies;
import hoopoe.store.ReplyId;
import hoopoe.store.ReplySearch;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lists: their parameters in, a page of them out. */
@ApplicationScoped
class Lists {

    private static final int MOST_BATCHES = 50;
    private static final int MOST_MESSAGES = 1000;
    private static final int MOST_REPLIES = 1000;
    private static final int USUAL_BATCHES = 20;
    private static final int USUAL_ROWS = 100;

    private final BatchReader reader;
    private final MessageReader messages;
    private final BatchLists batches;
    private final Replies replies;
    private final Accounts accounts;

    Lists(Accounts accounts, BatchReader reader, MessageReader messages, BatchLists batches, Replies replies) {
        this.accounts = accounts;
        this.reader = reader;
        this.messages = messages;
        this.batches = batches;
        this.replies = replies;
    }

    @RegisterForReflection
    record MessagePage(List<MessageView> messages, @Nullable String nextCursor) {}

    @RegisterForReflection
    record BatchPage(List<BatchView> batches, @Nullable String nextCursor) {}

    @RegisterForReflection
    record ReplyPage(List<ReplyView> replies, @Nullable String nextCursor) {}

    Reply messages(Call call) {
        var query = call.query("limit", "cursor");
        int limit = query.limit(USUAL_ROWS, MOST_MESSAGES);
        int from = query.text("cursor").map(Lists::number).orElse(0);
        var batch = reader.find(call.caller(), call.pathParameter("id"))
                .orElseThrow(() -> Problems.BATCH_NOT_FOUND.because("There is no such batch."));
        var page = messages.page(batch, from, limit);
        var fitting = Fitting.of(page.messages());
        var next = fitting.size() == page.messages().size()
                ? page.next()
                : Integer.valueOf(page.messages().get(fitting.size()).number());
        return Reply.ok(new MessagePage(fitting, next == null ? null : Cursor.MESSAGES.of(next)));
    }

    private static int number(String cursor) {
        var number = Cursor.MESSAGES.read(cursor);
        if (!number.matches("\\d{1,6}")) {
            throw Cursor.invalid();
        }
        return Integer.parseInt(number);
    }

    Reply batches(Call call) {
        var query = call.query("state", "account", "from", "until", "limit", "cursor");
        var search = new BatchLists.Search(
                call.caller(),
                query.text("state").map(Lists::state).orElse(null),
                query.text("account").map(name -> account(call, name)).orElse(null),
                query.instant("from").orElse(null),
                query.instant("until").orElse(null),
                query.text("cursor").map(Lists::place).orElse(""),
                query.limit(USUAL_BATCHES, MOST_BATCHES));
        var page = batches.page(search, call.deadline());
        var fitting = Fitting.of(page.batches());
        var next = fitting.size() == page.batches().size() ? page.next() : place(last(fitting));
        return Reply.ok(new BatchPage(fitting, next == null ? null : Cursor.BATCHES.of(next)));
    }

    private static String place(BatchView row) {
        return BatchPages.placeOf(row.createdAt(), row.id());
    }

    private static <T> T last(List<T> rows) {
        return rows.get(rows.size() - 1);
    }

    private String account(Call call, String name) {
        var account = accounts.find(name)
                .orElseThrow(() -> Problems.ACCOUNT_NOT_FOUND.because("There is no account of this name."));
        if (!call.grant().reaches(account.simulated())) {
            throw Problems.ACCOUNT_LIVE_ONLY.because("A test key does not see this account.");
        }
        return account.name();
    }

    /** What came in without a batch is everybody's who reaches its account. */
    private Set<String> reached(Call call) {
        return accounts.all().stream()
                .filter(account -> call.grant().reaches(account.simulated()))
                .map(Account::name)
                .collect(Collectors.toSet());
    }

    private static BatchState state(String label) {
        return BatchState.of(label).orElseThrow(() -> Query.wrong("state", "is no state of a batch"));
    }

    private static String place(String cursor) {
        var place = Cursor.BATCHES.read(cursor);
        if (!BatchPages.isPlace(place)) {
            throw Cursor.invalid();
        }
        return place;
    }

    Reply replies(Call call) {
        var query = call.query("account", "batch", "from", "until", "limit", "cursor");
        var search = new ReplySearch(
                call.caller(),
                call.grant().allows(Scope.ACCOUNTS_ADMIN),
                call.grant().kind() == KeyKind.LIVE ? null : reached(call),
                query.text("account").map(name -> account(call, name)).orElse(null),
                query.text("batch").orElse(null),
                query.instant("from").orElse(null),
                query.instant("until").orElse(null),
                query.text("cursor").map(Lists::reply).orElse(null),
                query.limit(USUAL_ROWS, MOST_REPLIES));
        var page = replies.list(search);
        var rows = page.replies().stream().map(ReplyView::of).toList();
        var fitting = Fitting.of(rows);
        var next = fitting.size() == rows.size()
                ? page.next()
                : page.replies().get(fitting.size() - 1).id();
        return Reply.ok(new ReplyPage(fitting, next == null ? null : Cursor.REPLIES.of(next)));
    }

    private static ReplyId reply(String cursor) {
        return ReplyId.of(Cursor.REPLIES.read(cursor)).orElseThrow(Cursor::invalid);
    }
}
