package hoopoe.platform.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The client of the Lambda Runtime API, version 2018-06-01 ("Building a custom runtime", AWS Lambda Developer Guide). */
final class RuntimeApi {

    /**
     * One Lambda event.
     *
     * @param id the request's id, which the answer must name
     * @param trace X-Ray's header; empty where there is none
     */
    record RuntimeEvent(String id, String trace, byte[] body) {}

    private static final String ROOT = "/2018-06-01/runtime/";

    private final RuntimeConnection connection;
    private final String host;
    private final byte[] next;

    /** @param address {@code host:port}, from {@code AWS_LAMBDA_RUNTIME_API} */
    RuntimeApi(String address) throws IOException {
        this.connection = new RuntimeConnection(address);
        this.host = " HTTP/1.1\r\nHost: " + address + "\r\nUser-Agent: hoopoe\r\n";
        this.next = ascii("GET " + ROOT + "invocation/next" + host + "\r\n");
    }

    /** Waits for the next event; the environment may be frozen meanwhile. */
    RuntimeEvent next() throws IOException {
        var answer = connection.exchange(next);
        if (answer.status() != 200) {
            throw new IOException("the Runtime API answers " + answer.status() + " to next");
        }
        return new RuntimeEvent(
                answer.header("lambda-runtime-aws-request-id"),
                answer.header("lambda-runtime-trace-id"),
                answer.body());
    }

    /** @return the status: 202, or 413 where Lambda refuses an answer of this length */
    int respond(String id, ByteArrayOutputStream answer) throws IOException {
        return post("invocation/" + id + "/response", answer);
    }

    int fail(String id, Throwable failure) throws IOException {
        return post("invocation/" + id + "/error", error(failure));
    }

    int initFailed(Throwable failure) throws IOException {
        return post("init/error", error(failure));
    }

    /** Only the exception's class, because its message may contain a number or a text. */
    private static ByteArrayOutputStream error(Throwable failure) throws IOException {
        var json = new ByteArrayOutputStream();
        json.write(ascii("{\"errorType\":\"" + failure.getClass().getName()
                + "\",\"errorMessage\":\"See the log.\",\"stackTrace\":[]}"));
        return json;
    }

    /** Head and body in one write, because two packets would wait for each other's acknowledgement. */
    private int post(String path, ByteArrayOutputStream body) throws IOException {
        var request = new ByteArrayOutputStream(body.size() + 512);
        request.write(ascii("POST " + ROOT + path + host + "Content-Type: application/json\r\nContent-Length: "
                + body.size() + "\r\n\r\n"));
        body.writeTo(request);
        return connection.exchange(request.toByteArray()).status();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
