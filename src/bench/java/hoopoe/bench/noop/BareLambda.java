package hoopoe.bench.noop;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A Lambda that does nothing, with a socket and the JDK alone. */
public final class BareLambda {

    private static final String ANSWER = "{\"statusCode\":200,\"body\":\"OK\"}";
    private static final String ROOT = "/2018-06-01/runtime/invocation/";
    private static final String ID = "lambda-runtime-aws-request-id:";
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final String api;
    private String id = "";

    private BareLambda(String api) throws IOException {
        var colon = api.indexOf(':');
        this.api = api;
        this.socket = new Socket(api.substring(0, colon), Integer.parseInt(api.substring(colon + 1)));
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Runs until the Runtime API is gone. */
    public static void main(String[] arguments) throws IOException {
        var lambda = new BareLambda(System.getenv("AWS_LAMBDA_RUNTIME_API"));
        while (true) {
            lambda.ask("GET " + ROOT + "next HTTP/1.1\r\nHost: " + lambda.api + "\r\n\r\n");
            lambda.ask("POST " + ROOT + lambda.id + "/response HTTP/1.1\r\nHost: " + lambda.api + "\r\nContent-Length: "
                    + ANSWER.length() + "\r\n\r\n" + ANSWER);
        }
    }

    private void ask(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        var length = 0;
        for (var line = line(); !line.isEmpty(); line = line()) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            } else if (lower.startsWith(ID)) {
                id = line.substring(ID.length()).strip();
            }
        }
        in.readNBytes(length);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
