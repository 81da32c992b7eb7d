package hoopoe.local;

import java.util.Map;

/** A provider's simulator, started for a stack and closed with it. */
public interface Simulator extends AutoCloseable {

    /** What the functions must be told to use it: {@code hoopoe.accounts.<name>.url} and the like. */
    Map<String, String> settings();

    @Override
    void close();
}
