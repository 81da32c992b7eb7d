package hoopoe.bench;

import hoopoe.local.lambda.Launch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Lambda that takes part.
 *
 * @param name short, of the JSON lines
 * @param title of the tables
 * @param starting how it is started
 * @param files what must be in the page cache for a warm start, and is evicted for a cold one
 * @param executable bytes; 0 where there is none
 * @param zip bytes of what is deployed
 */
record Peer(String name, String title, Starting starting, List<Path> files, long executable, long zip) {

    static final String GO = "go";
    static final String BARE = "bare";
    static final String NATIVE = "native";
    static final String JVM = "jvm";

    /** How a process of a function is started; a no-op looks at neither. */
    interface Starting {
        Launch launch(String function, Map<String, String> settings);
    }

    /** Whether it needs tables, providers and real events. */
    boolean isOurs() {
        return name.equals(NATIVE) || name.equals(JVM);
    }
}
