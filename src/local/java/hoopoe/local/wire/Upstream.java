package hoopoe.local.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A table behind a server of ours, which passes requests on to it (AWS JSON 1.0: a POST with the operation in a header). */
public final class Upstream {

    private static final List<String> HEADERS = List.of("Authorization", "Content-Type", "X-Amz-Date", "X-Amz-Target");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI table;

    /** @param table where DynamoDB answers */
    public Upstream(URI table) {
        this.table = table;
    }

    /** {@code GetItem} of {@code DynamoDB_20120810.GetItem}; empty if it is not an operation of AWS. */
    public static String operation(Request request) {
        return request.header("X-Amz-Target").orElse("").replaceFirst(".*\\.", "");
    }

    /**
     * Its answer, as it is; none where this thread is interrupted.
     *
     * @param body in the place of the request's own
     * @throws UncheckedIOException if the table does not answer
     */
    public Answer answer(Request request, byte[] body) {
        try {
            var passed = client.send(copy(request, body), BodyHandlers.ofByteArray());
            var type = passed.headers().firstValue("Content-Type").orElse("");
            return new Answer(passed.statusCode(), type, passed.body(), Delivery.whole());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.nothing(Ending.CLOSE);
        }
    }

    private HttpRequest copy(Request request, byte[] body) {
        var copy = HttpRequest.newBuilder(table.resolve(request.target())).POST(BodyPublishers.ofByteArray(body));
        HEADERS.forEach(name -> request.header(name).ifPresent(value -> copy.header(name, value)));
        return copy.build();
    }
}
