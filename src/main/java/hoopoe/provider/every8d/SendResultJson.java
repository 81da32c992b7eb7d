package hoopoe.provider.every8d;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hoopoe.provider.every8d.SendResult.Contradiction;
import hoopoe.provider.every8d.SendResult.Error;
import hoopoe.provider.every8d.SendResult.Malformed;
import hoopoe.provider.every8d.SendResult.Taken;

/** {@code {"Result":false,"Status":"…","Msg":"…"}}, as some doors of the provider answer (providers.md fact 23). */
final class SendResultJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private SendResultJson() {}

    static SendResult read(String text) {
        try {
            return read(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            // Its message repeats the text.
            return new Malformed();
        }
    }

    private static SendResult read(JsonNode json) {
        var message = SendResultText.line(json.path("Msg").asText("").strip());
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
