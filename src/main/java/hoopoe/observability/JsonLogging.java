package hoopoe.observability;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

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

    /**
     * Formats a log record as one line:
     * {@code {"time":"…","level":"INFO","logger":"hoopoe.dispatch.send.ProviderSend","message":"…","correlation_id":"…",
     * "function":"send","request_id":"…","account":"…","batch":"…","dispatch":"0","exception":"…"}}. Unknown fields are left out.
     * Of an exception it says where, never the message: foreign messages may contain numbers, texts or secrets.
     */
    static final class JsonLogLine extends ExtFormatter {

        private static final JsonFactory JSON = new JsonFactory();

        /** The name of Lambda's invocation id in Quarkus and in the loop of {@code hoopoe.platform.runtime}. */
        private static final String REQUEST = "AWSRequestId";

        private final String function;

        JsonLogLine(String function) {
            this.function = function;
        }

        @Override
        public String format(ExtLogRecord line) {
            var text = new StringWriter(256);
            try (var json = JSON.createGenerator(text)) {
                write(json, line);
            } catch (IOException e) {
                throw new UncheckedIOException("text takes everything", e);
            }
            return text.append('\n').toString();
        }

        private void write(JsonGenerator json, ExtLogRecord line) throws IOException {
            json.writeStartObject();
            json.writeStringField("time", line.getInstant().toString());
            json.writeStringField("level", line.getLevel().getName());
            json.writeStringField("logger", line.getLoggerName());
            json.writeStringField("message", formatMessage(line));
            known(json, LogContext.CORRELATION, line.getMdc(LogContext.CORRELATION));
            json.writeStringField("function", function);
            known(json, "request_id", line.getMdc(REQUEST));
            known(json, LogContext.ACCOUNT, line.getMdc(LogContext.ACCOUNT));
            known(json, LogContext.BATCH, line.getMdc(LogContext.BATCH));
            known(json, LogContext.DISPATCH, line.getMdc(LogContext.DISPATCH));
            known(json, "exception", line.getThrown() == null ? null : SafeStackTrace.of(line.getThrown()));
            json.writeEndObject();
        }

        private static void known(JsonGenerator json, String name, @Nullable String value) throws IOException {
            if (value != null) {
                json.writeStringField(name, value);
            }
        }
    }
}
