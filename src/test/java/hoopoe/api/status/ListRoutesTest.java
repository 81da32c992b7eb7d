package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.batch.Batch;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.FixtureTables;
import hoopoe.testing.StoreFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Lists of batches and of replies. */
class ListRoutesTest extends StatusFixture {

    @Test
    void theListShowsTheNewestFirstOverEmptyMonths() {
        var ids = new ArrayList<String>();
        for (var moment : List.of(
                "2026-01-05T00:00:00Z", "2026-01-31T23:59:59.999Z", "2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z")) {
            storeFixture.clock.set(moment);
            ids.add(0, storeFixture.batch(1).id());
        }
        storeFixture.clock.set("2026-04-02T00:00:00Z");

        assertThat(all(pages("limit=1", this::batches), "batches", "id")).isEqualTo(ids);
        assertThat(all(batches("limit=50").path("batches"), "id")).isEqualTo(ids);
    }

    @Test
    void aBatchThatWasPlannedAYearAheadIsListedAsLongAsItIsStored() {
        var sendAt = storeFixture.clock.instant().plus(Duration.ofDays(366));
        var batch = storeFixture.batch(StoreFixture.CALLER, sendAt, StoreFixture.numbers(1));
        storeFixture.clock.set(sendAt.plus(Duration.ofDays(89)).toString());

        assertThat(all(batches("").path("batches"), "id")).containsExactly(batch.id());
    }

    @Test
    void anAccountThatIsNotThereIsNoEmptyList() {
        assertThat(ask(404, "GET /v1/batches", "", "account=nope").path("code").asText())
                .isEqualTo("account_not_found");
        assertThat(ask(404, "GET /v1/replies", "", "account=nope").path("code").asText())
                .isEqualTo("account_not_found");
    }

    @Test
    void theListIsFiltered() {
        var first = storeFixture.batch(1);
        storeFixture.clock.move(Duration.ofMinutes(1));
        var second = storeFixture.batch(1);
        storeFixture.reject(second, 0);
        storeFixture.clock.move(Duration.ofMinutes(1));
        storeFixture.batch("other", null, StoreFixture.numbers(1));

        assertThat(all(batches("").path("batches"), "id")).containsExactly(second.id(), first.id());
        assertThat(all(batches("state=rejected").path("batches"), "id")).containsExactly(second.id());
        assertThat(all(batches("account=main&state=accepted").path("batches"), "id"))
                .containsExactly(first.id());
        assertThat(all(batches("from=2026-03-01T04:00:01Z").path("batches"), "id"))
                .containsExactly(second.id());
        assertThat(all(batches("until=2026-03-01T12:01:00%2B08:00").path("batches"), "id"))
                .containsExactly(first.id());
        assertThat(all(
                        batches("from=2026-03-01T04:00:00Z&until=2026-03-01T04:01:00Z")
                                .path("batches"),
                        "id"))
                .containsExactly(first.id());
        assertThat(batches("reference=theirs").path("batches")).isEmpty();
        refer(second, "theirs");
        assertThat(all(batches("reference=theirs").path("batches"), "id")).containsExactly(second.id());
        assertThat(all(batches("reference=mine").path("batches"), "id")).containsExactly(first.id());
        assertThat(batches("reference=mine&state=rejected").path("batches")).isEmpty();
    }

    private void refer(Batch batch, String reference) {
        FixtureTables.client().updateItem(update -> update.tableName(storeFixture.name)
                .key(Map.of("pk", AttributeValue.fromS("BATCH#" + batch.id()), "sk", AttributeValue.fromS("BATCH")))
                .updateExpression("SET #reference = :reference")
                .expressionAttributeNames(Map.of("#reference", "reference"))
                .expressionAttributeValues(Map.of(":reference", AttributeValue.fromS(reference))));
    }

    @Test
    void aRowOfTheListHasNoDispatches() {
        storeFixture.batch(1);

        var row = batches("").at("/batches/0");

        assertThat(row.path("counts").toString()).isEqualTo("{\"accepted\":1}");
        assertThat(row.has("dispatches")).isFalse();
        assertThat(row.has("timeline")).isFalse();
        assertThat(row.has("invalid")).isFalse();
    }

    @Test
    void whatHasExpiredIsNotShownThoughItIsStillThere() {
        var batch = storeFixture.batch(1);
        storeFixture.clock.move(Duration.ofDays(91));

        ask(404, "GET /v1/batches/{id}", batch.id(), "");
        assertThat(batches("").path("batches")).isEmpty();
    }

    @Test
    void repliesAreListedForTheirCaller() {
        var batch = storeFixture.batch(1);
        var mine = reply("yes", 1);
        storeFixture.replyRepository.assign(mine, batch, 0);
        storeFixture.replyRepository.assign(
                reply("no", 2), storeFixture.batch("other", null, StoreFixture.numbers(1)), 0);
        reply("anybody", 3);

        var answer = replies("");

        assertThat(all(answer.path("replies"), "text")).containsExactly("yes", "anybody");
        var row = answer.at("/replies/0");
        assertThat(row.path("id").textValue()).isEqualTo(mine.toString());
        assertThat(row.path("from").textValue()).isEqualTo(StoreFixture.number(1));
        assertThat(row.path("at").textValue()).isEqualTo("2026-03-01T04:00:06Z");
        assertThat(row.path("batch_id").textValue()).isEqualTo(batch.id());
        assertThat(row.path("message_id").textValue()).isEqualTo(batch.id() + "-0");
        assertThat(all(replies("batch=" + batch.id()).path("replies"), "text")).containsExactly("yes");
    }

    /** A key that reaches simulated accounts only does not see SMS that a real account received. */
    @Test
    void aTestKeySeesNoRepliesOfARealAccount() {
        reply("anybody", 1);
        var scopes = EnumSet.allOf(Scope.class);

        assertThat(all(as(new Grant("shop", "k", KeyKind.LIVE, scopes)).path("replies"), "text"))
                .containsExactly("anybody");
        assertThat(all(as(new Grant("shop", "k", KeyKind.TEST, scopes)).path("replies"), "text"))
                .isEmpty();
    }

    /** A caller's test keys and live keys are two callers. */
    @ParameterizedTest
    @CsvSource({"shop, LIVE, shop", "shop, TEST, test:shop", "ops, LIVE, ops", "ops, TEST, test:ops"})
    void everybodySeesTheirOwn(String caller, KeyKind kind, String owner) {
        var grant = new Grant(caller, "k", kind, EnumSet.allOf(Scope.class));
        for (var one : List.of("shop", "test:shop", "ops", "test:ops")) {
            var batch = storeFixture.batch(one, null, StoreFixture.numbers(1));
            storeFixture.replyRepository.assign(reply(StoreFixture.SIMULATED, one, one.length()), batch, 0);
            var isOwn = one.equals(owner);

            var ofBatch = as(grant, 200, "GET /v1/replies", "", "batch=" + batch.id());
            assertThat(all(ofBatch.path("replies"), "text")).isEqualTo(isOwn ? List.of(owner) : List.of());
            var listed = as(grant, 200, "GET /v1/batches", "", "");
            assertThat(all(listed.path("batches"), "id").contains(batch.id())).isEqualTo(isOwn);
            as(grant, isOwn ? 200 : 404, "GET /v1/batches/{id}/messages", batch.id(), "");
        }
        assertThat(all(as(grant).path("replies"), "text")).containsExactly(owner);
    }

    @Test
    void aTestKeyAsksForNoRealAccount() {
        var grant = new Grant("shop", "k", KeyKind.TEST, EnumSet.allOf(Scope.class));
        for (var route : List.of("GET /v1/batches", "GET /v1/replies")) {
            assertThat(as(grant, 403, route, "", "account=" + StoreFixture.ACCOUNT)
                            .path("code"))
                    .hasToString("\"account_live_only\"");
            as(grant, 200, route, "", "account=" + StoreFixture.SIMULATED);
        }
    }

    private JsonNode as(Grant grant) {
        return as(grant, 200, "GET /v1/replies", "", "");
    }

    private JsonNode as(Grant grant, int status, String route, String id, String query) {
        return read(status, function.status(ApiEvents.as(grant, ApiEvents.of(route, id, query))));
    }

    /** Only so many are looked at for one page: it has a cursor, though it shows none. */
    @Test
    void aRareOneIsFoundBehindManyOthers() {
        var rare = storeFixture.batch(1);
        storeFixture.reject(rare, 0);
        for (int n = 0; n < 201; n++) {
            storeFixture.clock.move(Duration.ofSeconds(1));
            storeFixture.batch(1);
        }

        var pages = pages("state=rejected&limit=50", this::batches);

        assertThat(pages).hasSize(2);
        assertThat(all(pages, "batches", "id")).containsExactly(rare.id());
    }
}
