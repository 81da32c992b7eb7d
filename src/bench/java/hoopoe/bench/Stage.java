package hoopoe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What each measuring part stands on.
 *
 * @param driver the program
 * @param folder for events, environments and logs
 */
record Stage(
        Path driver, Path folder, Peers peers, Scenarios scenarios, Options options, Samples samples, Journal journal) {

    /** Starts a function. It ends when the driver is closed. */
    Driver open(Peer peer, Scenario scenario, Driver.Cache cache, Map<String, String> settings) throws IOException {
        return new Driver(driver, peer, peer.starting().launch(scenario.function(), settings), scenario, cache, folder);
    }

    /**
     * Has one of ours do something once.
     *
     * @return the body of its answer
     * @throws IllegalStateException where that is not the expected one
     */
    JsonNode once(Scenario scenario, Map<String, String> settings) throws IOException {
        var peer = peers.ours().orElseThrow();
        try (var opened = open(peer, scenario, Driver.Cache.WARM, settings)) {
            var run = opened.run(1);
            if (run.path("failures").asInt() > 0) {
                throw new IllegalStateException(peer.title() + ", " + scenario.title() + ": "
                        + run.path("wrong").asText());
            }
            opened.end();
            return Journal.JSON.readTree(run.path("answer").path("body").asText());
        }
    }
}
