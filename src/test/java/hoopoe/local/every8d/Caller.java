package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Calls the simulator over the wire with envelopes put together by hand, and reads answers with the JDK's DOM. */
final class Caller {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private final Soap soap;

    private Caller(String url, Soap soap) {
        this.url = url;
        this.soap = soap;
    }

    static Caller of(Every8dSimulator simulator) {
        return new Caller(simulator.url(), Soap.V1_1);
    }

    static Caller of(Every8dSimulator simulator, Soap soap) {
        return new Caller(simulator.url(), soap);
    }

    /** The result text of a call that must succeed; parameters as name, value, name, value. */
    String result(String operation, String... parameters) {
        HttpResponse<String> answer = post(operation, parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return textOf(answer.body(), operation + "Result");
    }

    HttpResponse<String> post(String operation, String... parameters) {
        StringBuilder children = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            children.append(Xml.element(parameters[i], parameters[i + 1]));
        }
        String body = "<" + operation + " xmlns=\"http://tempuri.org/\">" + children + "</" + operation + ">";
        return postBody(operation, body);
    }

    HttpResponse<String> postBody(String operation, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (soap == Soap.V1_1) {
            request.header("Content-Type", "text/xml; charset=utf-8")
                    .header("SOAPAction", "\"http://tempuri.org/" + operation + "\"");
        } else {
            request.header(
                    "Content-Type",
                    "application/soap+xml; charset=utf-8; action=\"http://tempuri.org/" + operation + "\"");
        }
        return send(request.POST(BodyPublishers.ofString(envelope(body))));
    }

    String envelope(String body) {
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?><e:Envelope xmlns:e=\"" + soap.envelope() + "\"><e:Body>"
                + body + "</e:Body></e:Envelope>";
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String login(String user, String password) {
        String key = textOf(result("getConnection", "userID", user, "password", password), "SESSION_KEY");
        assertThat(key).matches("[0-9a-f]{32}");
        return key;
    }

    String loginCode(String user, String password) {
        return textOf(result("getConnection", "userID", user, "password", password), "CODE");
    }

    /** Sends now, without a subject. */
    String send(String key, String content, String mobiles) {
        return send(key, content, mobiles, "");
    }

    String send(String key, String content, String mobiles, String sendTime) {
        return result(
                "sendSMS",
                "sessionKey",
                key,
                "subject",
                "",
                "content",
                content,
                "mobile",
                mobiles,
                "sendTime",
                sendTime);
    }

    Document report(String key, String batch, String page) {
        return dom(result("getDeliveryStatus", "sessionKey", key, "batchID", batch, "pageNo", page));
    }

    String credit(String key) {
        return result("getCredit", "sessionKey", key);
    }

    String erase(String key, String batch) {
        return result("eraseBooking", "sessionKey", key, "batchID", batch);
    }

    /** A login in SOAP 1.1; without its last byte (a blank) unless it is to be complete. */
    static String rawLogin(String user, String password, boolean complete) {
        String body = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>"
                + "<getConnection xmlns=\"http://tempuri.org/\"><userID>" + user + "</userID><password>" + password
                + "</password></getConnection></e:Body></e:Envelope>";
        return "POST /API21/SOAP/SMS.asmx HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
                + "SOAPAction: \"http://tempuri.org/getConnection\"\r\nContent-Length: "
                + (body.length() + (complete ? 0 : 1)) + "\r\n\r\n" + body;
    }

    /** The fifth field of an answer to a send. */
    static String batchOf(String line) {
        return line.split(",")[4];
    }

    static String textOf(String xml, String element) {
        Document document = dom(xml);
        assertThat(document.getElementsByTagName(element).getLength())
                .as(element + " in " + xml)
                .isEqualTo(1);
        return document.getElementsByTagName(element).item(0).getTextContent();
    }

    static Document dom(String xml) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("not well-formed: " + xml, e);
        }
    }
}
