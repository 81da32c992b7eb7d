package hoopoe.local.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the requests of one connection, one after the other. */
final class RequestReader {
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_BODY = 64 * 1024 * 1024;
    private static final byte[] GO_ON = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final long connection;
    private final RecordingInputStream in;
    private final OutputStream out;

    RequestReader(long connection, InputStream in, OutputStream out) {
        this.connection = connection;
        this.in = new RecordingInputStream(new BufferedInputStream(in));
        this.out = out;
    }

    /** The part of an unfinished request that has arrived. */
    byte[] recorded() {
        return in.recorded();
    }

    /**
     * The next request, or nothing when the other side closed in between.
     *
     * @throws EOFException when it closed in the middle of one
     */
    Optional<Request> next() throws IOException {
        in.rewind();
        String start = line();
        if (start.isEmpty() && in.recorded().length == 0) {
            return Optional.empty();
        }
        String[] parts = start.split(" ");
        if (parts.length != 3) {
            throw new IOException("not a request line");
        }
        List<Header> headers = headers();
        byte[] body = body(headers);
        return Optional.of(new Request(
                connection, Instant.now(), parts[0], parts[1], parts[2], List.copyOf(headers), body, in.recorded()));
    }

    private List<Header> headers() throws IOException {
        List<Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header line");
            }
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private byte[] body(List<Header> headers) throws IOException {
        if (value(headers, "Expect").toLowerCase(Locale.ROOT).contains("100-continue")) {
            out.write(GO_ON);
            out.flush();
        }
        if (value(headers, "Transfer-Encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
            return chunks();
        }
        String length = value(headers, "Content-Length");
        return length.isEmpty() ? new byte[0] : exactly(size(length, 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = size(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            body.writeBytes(exactly(size));
            if (body.size() > MAX_BODY || !line().isEmpty()) {
                throw new IOException("broken chunk");
            }
        }
    }

    private static int size(String digits, int radix) throws IOException {
        try {
            int size = Integer.parseInt(digits, radix);
            if (size >= 0 && size <= MAX_BODY) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new IOException("not a length", e);
        }
        throw new IOException("length out of range");
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the body ended early");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                if (in.recorded().length == 0) {
                    return "";
                }
                throw new EOFException("the head ended early");
            }
            if (line.size() > MAX_LINE) {
                throw new IOException("line too long");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static String value(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .findFirst()
                .map(Header::value)
                .orElse("");
    }
}
