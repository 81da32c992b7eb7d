package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.store.table.Table;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.FixtureTables;
import hoopoe.testing.StoreFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** What a search reads; the page of costs has what it prints. */
@DisabledIfSystemProperty(named = "hoopoe.tables", matches = "memory", disabledReason = "no units are read there")
class SearchReadUnitsTest extends StatusFixture {

    private static final int WANTED = 7;

    @Test
    void aSearchReadsWhatMatchesAndTheDispatchesOfMany() {
        for (int i = 0; i < 1000; i++) {
            storeFixture.clock.move(Duration.ofMillis(1));
            storeFixture.batch(StoreFixture.CALLER, null, List.of(List.of(i % 250 == 0 ? WANTED : 1000 + i)));
        }
        var single = units(4);
        for (int i = 0; i < 20; i++) {
            storeFixture.clock.move(Duration.ofMillis(1));
            int first = 10_000 + i * 1000;
            var numbers =
                    new ArrayList<>(IntStream.range(first, first + 1000).boxed().toList());
            numbers.set(0, i % 10 == 0 ? WANTED : first);
            storeFixture.batch(StoreFixture.CALLER, null, List.of(numbers));
        }
        var all = units(6);

        System.out.printf(
                "search: %.1f read units for 4 of 1,000 single sends, %.1f for 2 more of 20 batches of 1,000%n",
                single, all);
        assertThat(single).isLessThan(40);
        assertThat(all).isBetween(100.0, 250.0);
    }

    private double units(int expected) {
        var counted = new CountedReads(FixtureTables.client());
        var status = storeFixture.beans(new Table(counted, storeFixture.name)).get(StatusFunction.class);
        var event = ApiEvents.of("POST /v1/messages/search", "", "");
        event.setBody("{\"to\": \"%s\"}".formatted(StoreFixture.number(WANTED)));

        var page = read(200, status.status(event));

        assertThat(page.path("results")).hasSize(expected);
        assertThat(page.has("next_cursor")).isFalse();
        return counted.units;
    }

    /** Asks the table with each read what it takes. */
    private static final class CountedReads implements DynamoDbClient {

        private final DynamoDbClient client;
        private double units;

        CountedReads(DynamoDbClient client) {
            this.client = client;
        }

        @Override
        public String serviceName() {
            return client.serviceName();
        }

        @Override
        public void close() {
            // the client is shared
        }

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            var response = client.getItem(request.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .build());
            count(List.of(response.consumedCapacity()));
            return response;
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            var response = client.query(request.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .build());
            count(List.of(response.consumedCapacity()));
            return response;
        }

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            var response = client.batchGetItem(request.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .build());
            count(response.consumedCapacity());
            return response;
        }

        private void count(List<ConsumedCapacity> consumed) {
            consumed.forEach(one -> units += one.capacityUnits());
        }
    }
}
