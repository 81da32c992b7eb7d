package hoopoe.costs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of {@code prices.json}.
 *
 * @param per for so many
 * @param source the page of AWS that has it
 * @param seen where and of when it was read; {@code assumed} where it was not
 */
record Price(String key, double usd, double per, String source, String seen) {

    private static final Path FILE = Path.of("src", "bench", "java", "hoopoe", "costs", "prices.json");

    static List<Price> all() throws IOException {
        var prices = new ArrayList<Price>();
        for (var line : new ObjectMapper().readTree(FILE.toFile()).path("prices")) {
            prices.add(new Price(
                    line.path("key").asText(),
                    line.path("usd").asDouble(),
                    line.path("per").asDouble(),
                    line.path("source").asText(),
                    line.path("seen").asText()));
        }
        return prices;
    }

    double of(Usage usage) {
        return usage.of(key) / per * usd;
    }
}
