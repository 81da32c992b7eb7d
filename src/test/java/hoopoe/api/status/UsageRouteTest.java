package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;
import hoopoe.store.table.Write;
import hoopoe.testing.ApiEvents;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage as it is asked for; {@code UsageTest} says how it is counted. */
class UsageRouteTest extends StatusFixture {

    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final Grant SHOP = new Grant("shop", "k", KeyKind.LIVE, Set.of(Scope.BATCHES_READ));
    private static final Grant OPERATOR =
            new Grant("ops", "k", KeyKind.LIVE, Set.of(Scope.BATCHES_READ, Scope.ACCOUNTS_ADMIN));

    private void count(LocalDate day, String caller, int hour, int place, int messages, String points) {
        count(day, caller, hour, "main", place, "delivered", messages, points);
    }

    private void count(
            LocalDate day,
            String caller,
            int hour,
            String account,
            int place,
            String state,
            int messages,
            String points) {
        var write = Write.update(Keys.usage(day, caller, hour, account, place))
                .set("caller", caller)
                .set("account", account)
                .set("hour", hour)
                .add(state + "_messages", messages)
                .add(state + "_segments", 2 * messages);
        storeFixture.table.apply(points.isEmpty() ? write : write.add(state + "_points", new BigDecimal(points)));
    }

    private APIGatewayV2HTTPResponse answer(Grant grant, String accept, String query) {
        return function.status(
                ApiEvents.as(grant, ApiEvents.with(ApiEvents.of("GET /v1/usage", "", query), "accept", accept)));
    }

    private JsonNode usage(Grant grant, String query) {
        return read(200, answer(grant, "application/json", query));
    }

    private static List<String> rows(JsonNode list) {
        return IntStream.range(0, list.size())
                .mapToObj(list::get)
                .map(row -> String.join(
                        " ",
                        row.path("period").asText(),
                        row.path("caller").asText(),
                        row.path("account").asText(),
                        row.path("state").asText(),
                        row.path("messages").asText(),
                        row.path("segments").asText(),
                        row.at("/points/amount").asText()))
                .toList();
    }

    @Test
    void daysAddUpHoursAndPlacesAndTotalsAddUpDays() {
        count(FIRST, "shop", 3, 0, 5, "5.25");
        count(FIRST, "shop", 3, 7, -2, "-2.5");
        count(FIRST, "shop", 23, 0, 1, "");
        count(FIRST.plusDays(1), "shop", 0, "other", 0, "failed", 1, "");
        count(FIRST.plusDays(1), "shop", 0, "main", 0, "unknown", 0, "0");

        var usage = usage(SHOP, "from=2026-03-01T00:00:00Z&until=2026-03-03T00:00:00Z");

        assertThat(rows(usage.path("usage")))
                .containsExactly(
                        "2026-03-01T00:00:00Z shop main delivered 4 8 2.75",
                        "2026-03-02T00:00:00Z shop other failed 1 2 ");
        assertThat(rows(usage.path("totals")))
                .containsExactly(" shop main delivered 4 8 2.75", " shop other failed 1 2 ");
        assertThat(usage.at("/usage/1").has("points")).isFalse();
        assertThat(usage.at("/totals/0").has("period")).isFalse();
        assertThat(usage.path("from").textValue()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(usage.path("until").textValue()).isEqualTo("2026-03-03T00:00:00Z");
        assertThat(usage.path("by").textValue()).isEqualTo("day");
    }

    /** A day of Taipei is from 16 to 16 o'clock in UTC. */
    @ParameterizedTest
    @CsvSource({
        "day, '2026-02-28T00:00:00Z shop main delivered 1 2 1.0;2026-03-01T00:00:00Z shop main delivered 2 4 2.0'",
        "hour, '2026-02-28T16:00:00Z shop main delivered 1 2 1.0;2026-03-01T15:00:00Z shop main delivered 2 4 2.0'"
    })
    void onlyWhatIsAskedForCounts(String by, String rows) {
        count(FIRST.minusDays(1), "shop", 15, 0, 8, "8");
        count(FIRST.minusDays(1), "shop", 16, 0, 1, "1");
        count(FIRST, "shop", 15, 0, 2, "2");
        count(FIRST, "shop", 16, 0, 16, "16");

        var usage = usage(SHOP, "by=" + by + "&from=2026-03-01T00:00:00%2B08:00&until=2026-03-02T00:00:00%2B08:00");

        assertThat(String.join(";", rows(usage.path("usage")))).isEqualTo(rows);
    }

    /** It is 04:00 of the first of March. */
    @ParameterizedTest
    @CsvSource({
        "'', 2026-01-31T00:00:00Z, 2026-03-01T05:00:00Z",
        "by=day, 2026-01-31T00:00:00Z, 2026-03-01T05:00:00Z",
        "until=2026-03-01T00:00:00Z, 2026-01-30T00:00:00Z, 2026-03-01T00:00:00Z",
        "by=hour, 2026-02-28T05:00:00Z, 2026-03-01T05:00:00Z",
        "from=2025-01-25T00:00:00Z&until=2026-03-01T00:00:00Z, 2025-01-25T00:00:00Z, 2026-03-01T00:00:00Z"
    })
    void whatIsLeftOutIsTheUsual(String query, String from, String until) {
        var usage = usage(SHOP, query);

        assertThat(usage.path("from").textValue()).isEqualTo(from);
        assertThat(usage.path("until").textValue()).isEqualTo(until);
        assertThat(usage.path("usage")).isEmpty();
    }

    /** A caller of a token has the name that the issuer gave, also one that looks like a key of the table. */
    @Test
    void callersSeeTheirOwnAndOperatorsThatOfAllWithSuchKeys() {
        for (var caller : List.of("shop", "shop#03", "ops", "test:shop", "test:ops", "jwt:shop")) {
            count(FIRST, caller, 3, 0, 1, "1");
        }

        assertThat(callers(SHOP)).containsExactly("shop");
        assertThat(callers(OPERATOR)).containsExactly("jwt:shop", "ops", "shop", "shop#03");
        assertThat(callers(new Grant("shop", "k", KeyKind.TEST, SHOP.scopes()))).containsExactly("test:shop");
        assertThat(callers(new Grant("ops", "k", KeyKind.TEST, OPERATOR.scopes())))
                .containsExactly("test:ops", "test:shop");
    }

    private List<String> callers(Grant grant) {
        return all(usage(grant, "").path("usage"), "caller");
    }

    @Test
    void whoMayNotReadBatchesMayNotReadUsage() {
        var grant = new Grant("shop", "k", KeyKind.LIVE, Set.of(Scope.BATCHES_WRITE));

        assertThat(answer(grant, "", "").getStatusCode()).isEqualTo(403);
    }

    @Test
    void aTableForASpreadsheet() {
        count(FIRST, "jwt:a,\"b\"", 3, 0, 1, "");
        count(FIRST, "shop", 3, 0, 2, "2");

        var answer = answer(OPERATOR, "text/csv, application/json;q=0.9", "");

        assertThat(answer.getBody()).isEqualTo("""
                period,caller,account,state,messages,segments,points,timed,seconds\r
                2026-03-01T00:00:00Z,"jwt:a,""b""\","main",delivered,1,2,,,\r
                2026-03-01T00:00:00Z,"shop","main",delivered,2,4,2.0,,\r
                """);
        assertThat(answer.getHeaders())
                .containsEntry("Content-Type", "text/csv; charset=utf-8; header=present")
                .containsEntry("Content-Disposition", "attachment; filename=\"usage.csv\"")
                .containsEntry("Vary", "Accept");
        assertThat(answer(OPERATOR, "*/*", "").getHeaders())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Vary", "Accept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void aTextIsNoFormula(String formula) {
        assertThat(UsageCsv.text(formula)).isEqualTo("\"'" + formula + '"');
        assertThat(UsageCsv.text("jwt:" + formula)).isEqualTo("\"jwt:" + formula + '"');
    }

    @Test
    void whatIsTooLargeForAnAnswerIsRefused() {
        var caller = "jwt:" + "x".repeat(200);
        var items = IntStream.range(0, 24 * 60)
                .mapToObj(n -> {
                    var account = "a" + n / 24;
                    var item = Item.of(Keys.usage(FIRST, caller, n % 24, account, 0))
                            .with("caller", caller)
                            .with("account", account)
                            .with("hour", n % 24);
                    for (var state : hoopoe.message.MessageState.values()) {
                        item.with(state.label() + "_messages", 1).with(state.label() + "_segments", 1);
                    }
                    return item;
                })
                .toList();
        storeFixture.table.putAll(items);

        assertThat(usage(OPERATOR, "").path("usage")).hasSize(60 * 12);
        assertThat(usage(OPERATOR, "by=hour").path("usage")).hasSize(5 * 60 * 12);
        assertThat(read(400, answer(OPERATOR, "", "by=hour&until=2026-03-02T00:00:00Z"))
                        .path("detail")
                        .textValue())
                .isEqualTo("The query parameter \"from\" is so long before \"until\" that the answer is too large.");
    }
}
