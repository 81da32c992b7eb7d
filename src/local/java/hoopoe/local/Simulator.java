package hoopoe.local;

import java.net.URI;
import java.util.Map;

/** A provider's simulator, started for a stack and closed with it. */
public interface Simulator extends AutoCloseable {

    /** Of its account. */
    String name();

    /** Where it answers, as its account's {@code url}. */
    String url();

    /** The settings that make the functions use it: {@code hoopoe.accounts.<name>.url} and others. */
    Map<String, String> settings();

    @Override
    void close();

    /** How one is started. */
    interface Start {

        /**
         * @param api where the stack's API will answer, for callbacks
         * @param given the settings asked for, as environment variables; they win over those of the simulator
         */
        Simulator start(URI api, Map<String, String> given);
    }
}
