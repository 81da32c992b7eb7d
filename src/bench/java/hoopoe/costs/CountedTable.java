package hoopoe.costs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.Upstream;
import hoopoe.local.wire.WireServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Set;

/** Stands between the functions and their table, and asks the table with each request what it takes. */
final class CountedTable implements AutoCloseable {

    static final String READ = "table read units";
    static final String WRITTEN = "table write units";

    private static final Set<String> READS = Set.of("GetItem", "Query", "BatchGetItem", "TransactGetItems");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Upstream table;
    private final WireServer server;
    private Usage usage = Usage.NOTHING;

    CountedTable(URI table) {
        this.table = new Upstream(table);
        this.server = WireServer.bind(0, Passage::new).begin();
    }

    String url() {
        return server.address();
    }

    /** So far. */
    synchronized Usage usage() {
        return usage;
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized void count(String operation, double units) {
        usage = usage.plus(Usage.of(READS.contains(operation) ? READ : WRITTEN, units))
                .plus(Usage.of(operation, 1));
    }

    private final class Passage implements Job {

        private final Request request;

        Passage(Request request) {
            this.request = request;
        }

        /** Not for the log. */
        @Override
        public String operation() {
            return "";
        }

        @Override
        public Answer answer() {
            try {
                var asked = (ObjectNode) JSON.readTree(request.body());
                var answer =
                        table.answer(request, JSON.writeValueAsBytes(asked.put("ReturnConsumedCapacity", "TOTAL")));
                count(
                        Upstream.operation(request),
                        units(JSON.readTree(answer.body()).path("ConsumedCapacity")));
                return answer;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Of one table, or of each of several. */
    private static double units(JsonNode consumed) {
        if (!consumed.isArray()) {
            return consumed.path("CapacityUnits").asDouble();
        }
        double units = 0;
        for (var one : consumed) {
            units += one.path("CapacityUnits").asDouble();
        }
        return units;
    }
}
