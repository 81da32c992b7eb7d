package hoopoe.provider.every8d;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hoopoe.provider.every8d.SendResult.Contradiction;
import hoopoe.provider.every8d.SendResult.Error;
import hoopoe.provider.every8d.SendResult.Malformed;
import hoopoe.provider.every8d.SendResult.Taken;

/** {@code {"Result":false,"Status":"…","Msg":"…"}}, as some doors of the provider answer (providers.md fact 23). */
final class ResultJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private ResultJson() {}

    static SendResult read(String text) {
        try {
            return read(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            // Its message repeats the text.
            return new Malformed();
        }
    }

    /** What an error line is in this form too; the text itself where it is in no such form. */
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

    private static SendResult read(JsonNode json) {
        var message = SendResultText.line(message(json));
        var failed = json.path("Result").asText("").equalsIgnoreCase("false");
        if (message instanceof Taken taken && failed) {
            return new Contradiction(taken.batch());
        }
        if (message instanceof Error && json.path("Result").asText("").equalsIgnoreCase("true")) {
            return new Malformed();
        }
        return message;
    }
}
