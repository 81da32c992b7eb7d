package hoopoe.provider.every8d;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hoopoe.provider.every8d.Every8dSendResult.Contradiction;
import hoopoe.provider.every8d.Every8dSendResult.ErrorLine;
import hoopoe.provider.every8d.Every8dSendResult.MalformedResult;
import hoopoe.provider.every8d.Every8dSendResult.TakenByProvider;

/** Parses {@code {"Result":false,"Status":"…","Msg":"…"}}, the answer of some endpoints (providers.md fact 23). */
final class Every8dResultJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Every8dResultJson() {}

    static Every8dSendResult read(String text) {
        try {
            return read(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            // The exception's message repeats the text.
            return new MalformedResult();
        }
    }

    /** The error line of this form; the text itself where it is not of this form. */
    static String line(String text) {
        if (!text.startsWith("{")) {
            return text;
        }
        try {
            return message(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static String message(JsonNode json) {
        return json.path("Msg").asText("").strip();
    }

    private static Every8dSendResult read(JsonNode json) {
        var message = Every8dSendResultParser.line(message(json));
        var failed = json.path("Result").asText("").equalsIgnoreCase("false");
        if (message instanceof TakenByProvider takenByProvider && failed) {
            return new Contradiction(takenByProvider.batch());
        }
        if (message instanceof ErrorLine && json.path("Result").asText("").equalsIgnoreCase("true")) {
            return new MalformedResult();
        }
        return message;
    }
}
