package hoopoe.provider.every8d;

import hoopoe.observability.Redactor;
import hoopoe.provider.every8d.Every8dLoginResult.LoggedIn;
import hoopoe.provider.every8d.Every8dLoginResult.LoginBusy;
import hoopoe.provider.every8d.Every8dLoginResult.LoginRefused;
import hoopoe.provider.every8d.Every8dLoginResult.MalformedLogin;
import hoopoe.provider.every8d.Every8dLoginResult.NoAnswer;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.xml.SoapResponse;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Parses the answer to {@code getConnection} (document §1.1). Never throws. */
final class Every8dLoginParser {

    static final String OPERATION = "getConnection";

    private static final Pattern ZERO = Pattern.compile("[+-]?0+");

    Every8dLoginResult read(ProviderHttpResponse answer, boolean lenient) {
        if (answer instanceof ProviderHttpResponse.NothingSent nothing) {
            return new NoAnswer(false, nothing.why());
        }
        if (answer instanceof ProviderHttpResponse.LostResponse lostResponse) {
            return new NoAnswer(true, lostResponse.why());
        }
        var whole = (ProviderHttpResponse.CompleteResponse) answer;
        if (whole.status() != 200) {
            return new NoAnswer(true, "http_" + whole.status());
        }
        var soap = SoapResponse.read(whole.body(), OPERATION);
        return soap instanceof SoapResponse.SoapResult soapResult
                ? result(soapResult.text().strip(), lenient)
                : new MalformedLogin(soap instanceof SoapResponse.SoapFault ? "fault" : "envelope");
    }

    private Every8dLoginResult result(String text, boolean lenient) {
        var line = Every8dSendResultParser.errorLine(text);
        if (line.startsWith("-")) {
            return Every8dError.of(line).map(Every8dLoginParser::refused).orElseGet(() -> new MalformedLogin("code"));
        }
        return unmarshalled(text)
                .or(() -> lenient ? unmarshalled(LenientXml.mended(text)) : Optional.empty())
                .map(Every8dLoginParser::connection)
                .orElseGet(() -> new MalformedLogin("xml"));
    }

    private static Every8dLoginResult connection(Every8dLoginXml xml) {
        var connectionElement = xml.connectionElement;
        if (connectionElement == null) {
            return new MalformedLogin("code");
        }
        var code = stripped(connectionElement.code);
        if (!ZERO.matcher(code).matches()) {
            return refused(code, stripped(connectionElement.description));
        }
        var key = stripped(connectionElement.sessionKey);
        return key.isEmpty() ? new MalformedLogin("key") : new LoggedIn(key);
    }

    private static Every8dLoginResult refused(String code, String description) {
        return Every8dError.of(code + ',' + description)
                .map(Every8dLoginParser::refused)
                .orElseGet(() -> code.matches("\\+?\\d{1,9}")
                        ? new LoginBusy(code, Redactor.text(description))
                        : new MalformedLogin("code"));
    }

    private static Every8dLoginResult refused(Every8dError error) {
        return error.isCredentials()
                ? new LoginRefused(error.code(), error.text())
                : new LoginBusy(error.code(), error.text());
    }

    private static Optional<Every8dLoginXml> unmarshalled(String xml) {
        try {
            return Optional.of(Every8dClient.DOCUMENTS
                    .read(xml, Every8dLoginXml.class, Set.of())
                    .getValue());
        } catch (XMLStreamException e) {
            // The exception's message repeats the document, which may contain the key.
            return Optional.empty();
        }
    }

    private static String stripped(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
