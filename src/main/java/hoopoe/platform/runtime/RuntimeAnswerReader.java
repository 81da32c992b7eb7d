package hoopoe.platform.runtime;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads one HTTP/1.1 answer (RFC 9112 sections 4 to 7): bodies with a length, and chunked ones, which AWS' emulator sends. */
final class RuntimeAnswerReader {

    /**
     * An answer of the Runtime API.
     *
     * @param headers by name in lower case
     */
    record RuntimeAnswer(int status, Map<String, String> headers, byte[] body) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Larger than any Lambda event (6 MB). */
    private static final int LARGEST = 8 * 1024 * 1024;

    private static final int LONGEST_LINE = 64 * 1024;

    private final InputStream in;
    private final StringBuilder line = new StringBuilder(128);

    /** @param in buffered, because it is read byte by byte */
    RuntimeAnswerReader(InputStream in) {
        this.in = in;
    }

    /** @throws EOFException where the connection was closed before the first byte of an answer */
    RuntimeAnswer read() throws IOException {
        var status = status(line());
        var headers = headers();
        var body = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"))
                ? chunks()
                : bytes(length(headers.getOrDefault("content-length", "0"), 10));
        return new RuntimeAnswer(status, headers, body);
    }

    private static int status(String line) throws IOException {
        try {
            return Integer.parseInt(line.substring(9, 12));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("no HTTP status line", e);
        }
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (var header = line(); !header.isEmpty(); header = line()) {
            var colon = header.indexOf(':');
            if (colon > 0) {
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (var size = size(); size > 0; size = size()) {
            if (body.size() + size > LARGEST) {
                throw new IOException("an answer over " + LARGEST + " bytes");
            }
            body.write(bytes(size));
            line();
        }
        headers(); // trailers, ignored
        return body.toByteArray();
    }

    private int size() throws IOException {
        var written = line();
        var extension = written.indexOf(';');
        return length(extension < 0 ? written : written.substring(0, extension).strip(), 16);
    }

    private static int length(String written, int radix) throws IOException {
        try {
            var length = Integer.parseInt(written, radix);
            if (length >= 0 && length <= LARGEST) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new IOException("no length: " + written, e);
        }
        throw new IOException("a length of " + written);
    }

    private byte[] bytes(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("an answer that breaks off");
        }
        return bytes;
    }

    private String line() throws IOException {
        line.setLength(0);
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw line.length() == 0 ? new EOFException("closed") : new IOException("a line that breaks off");
            }
            if (line.length() > LONGEST_LINE) {
                throw new IOException("a line over " + LONGEST_LINE + " bytes");
            }
            line.append((char) next);
        }
        var end = line.length();
        return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
    }
}
