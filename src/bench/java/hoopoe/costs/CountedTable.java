package hoopoe.costs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Delivery;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;

/** Stands between the functions and their table, and asks the table with each request what it takes. */
final class CountedTable implements AutoCloseable {

    static final String READ = "table read units";
    static final String WRITTEN = "table write units";

    private static final Set<String> READS = Set.of("GetItem", "Query", "BatchGetItem", "TransactGetItems");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI table;
    private final WireServer server;
    private Usage usage = Usage.NOTHING;

    CountedTable(URI table) {
        this.table = table;
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
                var passed =
                        client.send(copy(asked.put("ReturnConsumedCapacity", "TOTAL")), BodyHandlers.ofByteArray());
                count(
                        target().replaceFirst(".*\\.", ""),
                        units(JSON.readTree(passed.body()).path("ConsumedCapacity")));
                return new Answer(
                        passed.statusCode(),
                        passed.headers().firstValue("Content-Type").orElse(""),
                        passed.body(),
                        Delivery.whole());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Answer.nothing(Ending.CLOSE);
            }
        }

        private String target() {
            return request.header("X-Amz-Target").orElse("");
        }

        private HttpRequest copy(JsonNode body) throws IOException {
            var copy = HttpRequest.newBuilder(table.resolve(request.target()))
                    .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            for (var name : new String[] {"Authorization", "Content-Type", "X-Amz-Date", "X-Amz-Target"}) {
                request.header(name).ifPresent(value -> copy.header(name, value));
            }
            return copy.build();
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
