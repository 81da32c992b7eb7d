package hoopoe.local.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** How the bytes of an answer leave. */
@FunctionalInterface
public interface Delivery {

    byte[] FILLING = new byte[1024];

    /** Sends; true when the connection can carry another request. */
    boolean send(Answer answer, Line line) throws IOException;

    static Delivery whole() {
        return (answer, line) -> {
            line.write(answer.bytes());
            return true;
        };
    }

    /** In chunks of so many bytes, without Content-Length. */
    static Delivery chunked(int size) {
        return (answer, line) -> {
            line.write(answer.head("Transfer-Encoding: chunked"));
            byte[] body = answer.body();
            for (int from = 0; from < body.length; from += size) {
                int length = Math.min(size, body.length - from);
                line.write(Answer.ascii(Integer.toHexString(length) + "\r\n"));
                line.write(body, from, length);
                line.write(Answer.ascii("\r\n"));
            }
            line.write(Answer.ascii("0\r\n\r\n"));
            return true;
        };
    }

    /** Without a length: only the end of the connection says that the body is whole. */
    static Delivery untilClose() {
        return (answer, line) -> {
            line.write(answer.head("Connection: close"));
            line.write(answer.body());
            return false;
        };
    }

    /** Byte by byte, with a pause before each. */
    static Delivery dripping(Duration pause) {
        return (answer, line) -> {
            byte[] bytes = answer.bytes();
            for (int i = 0; i < bytes.length; i++) {
                line.pause(pause);
                line.write(bytes, i, 1);
            }
            return true;
        };
    }

    /** The first bytes of the whole answer, head included; its Content-Length promises the rest. */
    static Delivery cut(int bytes, Ending ending) {
        return (answer, line) -> {
            line.write(Arrays.copyOf(answer.bytes(), Math.min(bytes, answer.bytes().length)));
            line.end(ending);
            return false;
        };
    }

    /** The head and the first bytes of the body; Content-Length promises the rest. */
    static Delivery cutBody(int bytes, Ending ending) {
        return (answer, line) -> {
            int head = answer.bytes().length - answer.body().length;
            return cut(head + bytes, ending).send(answer, line);
        };
    }

    /** The head, and a body that goes on until the other side leaves. */
    static Delivery endless() {
        return (answer, line) -> {
            line.write(answer.head("Connection: close"));
            while (true) {
                line.write(FILLING);
            }
        };
    }

    static Delivery nothing(Ending ending) {
        return cut(0, ending);
    }

    /** These bytes instead of an answer, then the end. */
    static Delivery raw(byte[] bytes, Ending ending) {
        return (answer, line) -> {
            line.write(bytes);
            line.end(ending);
            return false;
        };
    }

    /** The same, later. */
    default Delivery after(Duration pause) {
        return (answer, line) -> {
            line.pause(pause);
            return send(answer, line);
        };
    }
}
