package hoopoe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Starts of all peers, each with a first event, in rounds of random order. */
final class Starts {

    private static final int DROPPED = 0;

    private final Stage stage;
    private final Random random;

    Starts(Stage stage) {
        this.stage = stage;
        this.random = new Random(stage.options().seed());
    }

    static String part(Driver.Cache cache) {
        return "start " + cache.word();
    }

    void run() throws IOException {
        var scenario = stage.scenarios().send(1, 1);
        if (stage.peers().ours().isEmpty()) {
            rounds(scenario, Map.of());
            return;
        }
        try (var backend = new Backend()) {
            stage.once(scenario, backend.settings()); // leaves a session for all
            rounds(scenario, backend.settings());
        }
    }

    private void rounds(Scenario scenario, Map<String, String> settings) throws IOException {
        for (var round = DROPPED; round <= stage.options().rounds(); round++) {
            System.out.println(
                    "Starts, round " + round + " of " + stage.options().rounds());
            for (var cache : Driver.Cache.values()) {
                for (var peer : order()) {
                    one(peer, scenario, cache, settings, round);
                }
                judge(cache, round);
            }
        }
    }

    private List<Peer> order() {
        var order = new ArrayList<Peer>();
        for (var peer : stage.peers().all()) {
            var times = peer.name().equals(Peer.JVM)
                    ? stage.options().jvmStarts()
                    : stage.options().starts();
            order.addAll(Collections.nCopies(times, peer));
        }
        Collections.shuffle(order, random);
        return order;
    }

    private void one(Peer peer, Scenario scenario, Driver.Cache cache, Map<String, String> settings, int round)
            throws IOException {
        try (var driver = stage.open(peer, scenario, cache, settings)) {
            var first = driver.run(1);
            var line = Journal.line("start")
                    .put("part", part(cache))
                    .put("round", round)
                    .put("peer", peer.name());
            line.set("start", driver.start());
            line.set("first", brief(first));
            line.set("end", driver.end());
            stage.journal().write(line);
            if (first.path("failures").asInt() > 0) {
                throw new IllegalStateException(
                        peer.title() + " answers " + first.path("wrong").asText());
            }
            if (round != DROPPED) {
                keep(part(cache), peer.name(), round, driver.start(), first, line.path("end"));
            }
        }
    }

    private void keep(String part, String peer, int round, JsonNode start, JsonNode first, JsonNode end) {
        var next = start.path("next_cpu").asDouble();
        var answer = first.path("answer_cpu").asDouble();
        var samples = stage.samples();
        samples.add(part, peer, "next", round, start.path("next").asDouble());
        samples.add(part, peer, "first", round, first.path("p50").asDouble());
        samples.add(part, peer, "next_cpu", round, next);
        samples.add(part, peer, "first_cpu", round, answer - next);
        samples.add(part, peer, "answer_cpu", round, answer);
        samples.add(
                part,
                peer,
                "answer",
                round,
                start.path("next").asDouble() + first.path("p50").asDouble());
        samples.add(part, peer, "rss", round, first.path("rss").asDouble());
        samples.add(part, peer, "minor_faults", round, end.path("minor_faults").asDouble());
        samples.add(part, peer, "major_faults", round, end.path("major_faults").asDouble());
        samples.add(
                part,
                peer,
                "cached",
                round,
                start.path("cached_pages").asDouble()
                        / Math.max(1, start.path("pages").asDouble()));
    }

    private void judge(Driver.Cache cache, int round) {
        if (round == DROPPED) {
            return;
        }
        var floor = stage.samples().round(part(cache), Samples.FLOOR, "next", round);
        var quiet =
                stage.samples().judge(part(cache), round, Statistics.median(floor), Statistics.quantile(floor, 0.9));
        stage.journal()
                .write(Journal.line("round")
                        .put("part", part(cache))
                        .put("round", round)
                        .put("quiet", quiet));
    }

    private static JsonNode brief(JsonNode run) {
        return ((ObjectNode) run).without(List.of("answer"));
    }
}
