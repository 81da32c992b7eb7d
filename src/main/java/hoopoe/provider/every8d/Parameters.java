package hoopoe.provider.every8d;

import hoopoe.provider.CallbackRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parameters of a callback, from its raw query and, for a POST, its form (providers.md C1.8). Names without regard to
 * case, the first of a name counts. UTF-8, and where the bytes are none, Big5.
 */
final class Parameters {

    /** A constant, so that the executable holds this one of the foreign charsets and not all of them. */
    private static final Charset BIG5 = Charset.forName("Big5");

    private final Map<String, String> values = new TreeMap<>();

    private Parameters() {}

    static Parameters of(CallbackRequest request) {
        var parameters = new Parameters();
        parameters.add(request.query().getBytes(StandardCharsets.UTF_8));
        if (request.contentType().toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            parameters.add(request.body());
        }
        return parameters;
    }

    /** Empty where it is not there. */
    String get(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), "");
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

    /** What is no escape stays as it is. */
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

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, BIG5);
        }
    }
}
