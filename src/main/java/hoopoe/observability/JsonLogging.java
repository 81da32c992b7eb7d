package hoopoe.observability;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.jboss.logmanager.ExtHandler;

/** Makes every log handler write {@link JsonLogLine}s, from the start of the application on. */
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

    /** Descends into groups, because Quarkus' own handler only passes records on. */
    private void format(Handler... handlers) {
        for (var handler : handlers) {
            handler.setFormatter(new JsonLogLine(function));
            if (handler instanceof ExtHandler group) {
                format(group.getHandlers());
            }
        }
    }
}
