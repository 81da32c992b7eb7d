package hoopoe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Many invocations of one process a peer, in slices: peers take turns, in random order. */
final class Warm {

    private final Stage stage;
    private final Random random;

    Warm(Stage stage) {
        this.stage = stage;
        this.random = new Random(stage.options().seed() + 1);
    }

    static String part(String scenario) {
        return "warm " + scenario;
    }

    void run() throws IOException {
        if (stage.peers().ours().isEmpty()) {
            run(stage.scenarios().send(1, 1), Map.of());
            return;
        }
        for (var name : Scenarios.names()) {
            try (var backend = new Backend()) {
                run(prepared(name, backend), backend.settings());
            }
        }
    }

    /** Leaves a session and a batch, and where it is about them, a balance. */
    private Scenario prepared(String name, Backend backend) throws IOException {
        var scenarios = stage.scenarios();
        var batch = stage.once(scenarios.sendShown(10), backend.settings());
        switch (name) {
            case "credit":
                return scenarios.credit();
            case "status":
                return scenarios.status(batch.path("id").asText());
            case "callback":
                return scenarios.callback(
                        batch.path("dispatches").path(0).path("reference").asText());
            case "send1":
                return scenarios.send(1, 1);
            case "send500":
                return scenarios.send(500, Scenarios.SHARE_OF_500);
            default:
                throw new IllegalArgumentException(name);
        }
    }

    private void run(Scenario scenario, Map<String, String> settings) throws IOException {
        var slices = stage.options().slices();
        var slice = Math.max(1, stage.options().n() / scenario.share() / slices);
        System.out.println("Warm, " + scenario.title() + ": " + slice * slices + " invocations a peer");
        var open = new LinkedHashMap<Peer, Driver>();
        try {
            for (var peer : stage.peers().all()) {
                open.put(peer, stage.open(peer, scenario, Driver.Cache.WARM, settings));
            }
            for (var number = 1; number <= slices; number++) {
                slice(scenario, open, slice, number);
            }
            for (var driver : open.entrySet()) {
                stage.journal()
                        .write(line("warm-end", scenario, driver.getKey(), slices)
                                .set("end", driver.getValue().end()));
            }
        } finally {
            open.values().forEach(Driver::close);
        }
    }

    private void slice(Scenario scenario, Map<Peer, Driver> open, int count, int number) throws IOException {
        var order = new ArrayList<>(open.keySet());
        Collections.shuffle(order, random);
        for (var peer : order) {
            var run = open.get(peer).run(count);
            ((ObjectNode) run).remove("answer");
            stage.journal().write(line("warm", scenario, peer, number).set("run", run));
            keep(part(scenario.name()), peer, number, run);
        }
    }

    private void keep(String part, Peer peer, int number, JsonNode run) {
        var count = run.path("count").asDouble();
        var samples = stage.samples();
        if (run.path("failures").asDouble() > count / 100) {
            throw new IllegalStateException(
                    peer.title() + ", " + part + ": " + run.path("wrong").asText());
        }
        samples.add(part, peer.name(), "failures", number, run.path("failures").asDouble());
        samples.add(part, peer.name(), "p50", number, run.path("p50").asDouble());
        samples.add(part, peer.name(), "p99", number, run.path("p99").asDouble());
        samples.add(part, peer.name(), "cpu", number, run.path("cpu").asDouble() / count);
        samples.add(part, peer.name(), "rss", number, run.path("rss").asDouble());
        if (peer.name().equals(Samples.FLOOR)) {
            samples.judge(
                    part, number, run.path("p50").asDouble(), run.path("p90").asDouble());
        }
    }

    private static ObjectNode line(String kind, Scenario scenario, Peer peer, int number) {
        return Journal.line(kind)
                .put("part", part(scenario.name()))
                .put("round", number)
                .put("peer", peer.name());
    }

    /** At which slices memory is looked at: a quarter, a half, all. */
    static List<Integer> marks(Options options) {
        return List.of(options.slices() / 4, options.slices() / 2, options.slices());
    }
}
