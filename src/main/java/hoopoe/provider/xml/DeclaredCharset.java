package hoopoe.provider.xml;

import hoopoe.provider.Charsets;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decodes a body whose declared charset cannot be trusted: PHP servers declare ISO-8859-1 over UTF-8 bytes. Bytes that are
 * UTF-8 with few exceptions are read as UTF-8, whatever is declared: beyond a few characters no text in another charset looks
 * like it.
 */
final class DeclaredCharset {

    private static final Pattern HEADER =
            Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\"';,\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DECLARATION =
            Pattern.compile("^\\s*<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']\\s*([^\"'\\s]+)");
    private static final int HEAD = 300;
    private static final char BROKEN = '\uFFFD';

    private DeclaredCharset() {}

    /** Bytes that are invalid in their charset become U+FFFD. */
    static String text(byte[] body, String contentType) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            var text = new String(body, StandardCharsets.UTF_8);
            return isMostlyUtf8(text) ? text : new String(body, declared(body, contentType));
        }
    }

    /** Tolerates a text that was cut inside a character; the other characters still count. */
    private static boolean isMostlyUtf8(String read) {
        var broken = read.chars().filter(c -> c == BROKEN).count();
        return read.codePoints().filter(c -> c >= 0x80 && c != BROKEN).count() > broken;
    }

    /** The charset of the header, else of the document; UTF-8 where neither names a known one. */
    private static Charset declared(byte[] body, String contentType) {
        return found(HEADER, contentType)
                .or(() -> found(
                        DECLARATION, new String(body, 0, Math.min(body.length, HEAD), StandardCharsets.ISO_8859_1)))
                .orElse(StandardCharsets.UTF_8);
    }

    private static Optional<Charset> found(Pattern pattern, String text) {
        var match = pattern.matcher(text);
        return match.find() ? Charsets.named(match.group(1)) : Optional.empty();
    }
}
