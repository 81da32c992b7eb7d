package hoopoe.api.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A request's body as it came. */
record RequestBody(byte[] bytes) {

    /** In bytes: the most that Lambda takes. */
    static final int LIMIT = 6 * 1024 * 1024;

    static RequestBody of(APIGatewayV2HTTPEvent event) {
        if (event.getBody() == null) {
            return new RequestBody(new byte[0]);
        }
        return new RequestBody(
                event.getIsBase64Encoded()
                        ? Base64.getMimeDecoder().decode(event.getBody())
                        : event.getBody().getBytes(StandardCharsets.UTF_8));
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /** @throws ProblemException {@code invalid_json}, {@code payload_too_large} */
    JsonNode json() {
        if (bytes.length > LIMIT) {
            throw ProblemCatalogue.PAYLOAD_TOO_LARGE.because("The body is longer than " + LIMIT + " bytes.");
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            // RFC 8259, section 8.1: a byte order mark may be ignored.
            return ApiJson.read((text.length() > 0 && text.charAt(0) == '\uFEFF' ? text.position(1) : text).toString());
        } catch (CharacterCodingException e) {
            throw ProblemCatalogue.INVALID_JSON.because("The body is not UTF-8.");
        }
    }
}
