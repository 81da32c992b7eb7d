package hoopoe.provider;

import hoopoe.platform.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parameters of a callback, from its raw query and, for a POST, its form. Names are case-insensitive, the first value of a
 * name counts, and the charset is UTF-8 where the bytes are valid UTF-8.
 */
public final class CallbackParameters {

    private final Map<String, String> values = new TreeMap<>();

    private final Charset otherwise;

    private CallbackParameters(Charset otherwise) {
        this.otherwise = otherwise;
    }

    /** @param otherwise the charset of bytes that are not UTF-8 */
    public static CallbackParameters of(CallbackRequest request, Charset otherwise) {
        var parameters = new CallbackParameters(otherwise);
        parameters.add(request.query().getBytes(StandardCharsets.UTF_8));
        if (request.contentType().toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            parameters.add(request.body());
        }
        return parameters;
    }

    /** Empty where the parameter is absent. */
    public String get(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /**
     * Distinguishes a callback from all others of its account; the provider's repeats are equal. Hashes the parts, because they
     * contain numbers and texts and the result becomes a key.
     */
    public static String identity(String... parts) {
        return Sha256.hex(String.join("\n", parts));
    }

    private void add(byte[] encoded) {
        int start = 0;
        for (int i = 0; i <= encoded.length; i++) {
            if (i == encoded.length || encoded[i] == '&') {
                pair(encoded, start, i);
                start = i + 1;
            }
        }
    }

    private void pair(byte[] encoded, int start, int end) {
        int equals = start;
        while (equals < end && encoded[equals] != '=') {
            equals++;
        }
        var name = text(decoded(encoded, start, equals)).toLowerCase(Locale.ROOT);
        values.putIfAbsent(name, text(decoded(encoded, Math.min(equals + 1, end), end)));
    }

    /** Text that is not a valid escape stays as it is. */
    private static byte[] decoded(byte[] encoded, int start, int end) {
        var bytes = new ByteArrayOutputStream();
        for (int i = start; i < end; i++) {
            var isEscape = encoded[i] == '%' && i + 2 < end && digit(encoded[i + 1]) >= 0 && digit(encoded[i + 2]) >= 0;
            if (isEscape) {
                bytes.write(digit(encoded[i + 1]) << 4 | digit(encoded[i + 2]));
                i += 2;
            } else {
                bytes.write(encoded[i] == '+' ? ' ' : encoded[i]);
            }
        }
        return bytes.toByteArray();
    }

    private static int digit(byte c) {
        return Character.digit((char) (c & 0xFF), 16);
    }

    private String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, otherwise);
        }
    }
}
