package hoopoe.observability;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.jboss.logmanager.ExtHandler;

/** Makes every handler of the log write {@link JsonLogLine}s, from the moment the application has started. */
@ApplicationScoped
public class JsonLogging {

    private static final String FUNCTION = "quarkus.funqy.export";

    private final String function;

    JsonLogging(Config config) {
        this.function = config.getOptionalValue(FUNCTION, String.class).orElse("");
    }

    void begin(@Observes StartupEvent started) {
        format(Logger.getLogger("").getHandlers());
    }

    /** Quarkus' own handler only hands on to those that write. */
    private void format(Handler... handlers) {
        for (var handler : handlers) {
            handler.setFormatter(new JsonLogLine(function));
            if (handler instanceof ExtHandler group) {
                format(group.getHandlers());
            }
        }
    }
}
