package hoopoe.local.smspanel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Calls the simulator over the wire with envelopes put together by hand, and shows the answers as they are. */
final class Caller {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;

    Caller(SmspanelSimulator simulator) {
        this.url = simulator.url();
    }

    /** @param parameters name, value, name, value; a list for an array */
    HttpResponse<String> call(String operation, Object... parameters) {
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            parts.append(part((String) parameters[i], parameters[i + 1]));
        }
        return post(envelope("<n:" + operation + " xmlns:n=\"urn:any\">" + parts + "</n:" + operation + ">"));
    }

    HttpResponse<String> post(String envelope) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "text/xml; charset=utf-8")
                .POST(BodyPublishers.ofString(envelope)));
    }

    HttpResponse<String> get(String query) {
        return send(HttpRequest.newBuilder(URI.create(url + query)));
    }

    static String envelope(String body) {
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xmlns:c=\"http://schemas.xmlsoap.org/soap/encoding/\"><e:Body>" + body + "</e:Body></e:Envelope>";
    }

    static String part(String name, Object value) {
        if (value instanceof List<?> items) {
            return "<" + name + " i:type=\"c:Array\" c:arrayType=\"x:string[" + items.size() + "]\">"
                    + items.stream().map(item -> "<item>" + item + "</item>").collect(Collectors.joining()) + "</"
                    + name + ">";
        }
        return "<" + name + ">" + value + "</" + name + ">";
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(
                    request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
