package hoopoe.provider.every8d;

import hoopoe.observability.Redactor;
import hoopoe.provider.every8d.LoginAnswer.Busy;
import hoopoe.provider.every8d.LoginAnswer.Key;
import hoopoe.provider.every8d.LoginAnswer.Malformed;
import hoopoe.provider.every8d.LoginAnswer.NoAnswer;
import hoopoe.provider.every8d.LoginAnswer.Refused;
import hoopoe.provider.soap.SoapAnswer;
import hoopoe.provider.soap.SoapReply;
import hoopoe.provider.soap.XmlCursor;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Reads the reply to a {@code getConnection} (providers.md C1.4). Total. */
final class LoginText {

    private static final Pattern ZERO = Pattern.compile("[+-]?0+");

    /** Made when the executable is built, not in a function's first event. */
    private static final JAXBContext BINDING = binding();

    private static JAXBContext binding() {
        try {
            // Classes, never a package: those are not found in a native image.
            return JAXBContext.newInstance(ConnectionXml.class);
        } catch (JAXBException e) {
            throw new IllegalStateException("a class that cannot be bound", e);
        }
    }

    LoginAnswer read(SoapReply reply, boolean lenient) {
        if (reply instanceof SoapReply.NothingSent nothing) {
            return new NoAnswer(false, nothing.why());
        }
        if (reply instanceof SoapReply.Lost lost) {
            return new NoAnswer(true, lost.why());
        }
        var answered = (SoapReply.Answered) reply;
        if (answered.status() != 200) {
            return new NoAnswer(true, "http_" + answered.status());
        }
        return answered.answer() instanceof SoapAnswer.Result result
                ? result(result.text().strip(), lenient)
                : new Malformed(answered.answer() instanceof SoapAnswer.Fault ? "fault" : "envelope");
    }

    private LoginAnswer result(String text, boolean lenient) {
        var line = ResultJson.line(text);
        if (line.startsWith("-")) {
            return Every8dError.of(line).map(LoginText::refused).orElseGet(() -> new Malformed("code"));
        }
        return unmarshalled(text)
                .or(() -> lenient ? unmarshalled(LenientXml.mended(text)) : Optional.empty())
                .map(LoginText::connection)
                .orElseGet(() -> new Malformed("xml"));
    }

    private static LoginAnswer connection(ConnectionXml xml) {
        var answer = xml.answer;
        if (answer == null) {
            return new Malformed("code");
        }
        var code = stripped(answer.code);
        if (!ZERO.matcher(code).matches()) {
            return refused(code, stripped(answer.description));
        }
        var key = stripped(answer.sessionKey);
        return key.isEmpty() ? new Malformed("key") : new Key(key);
    }

    private static LoginAnswer refused(String code, String description) {
        return Every8dError.of(code + ',' + description)
                .map(LoginText::refused)
                .orElseGet(() -> code.matches("\\+?\\d{1,9}")
                        ? new Busy(code, Redactor.text(description))
                        : new Malformed("code"));
    }

    private static LoginAnswer refused(Every8dError error) {
        return error.isCredentials() ? new Refused(error.code(), error.text()) : new Busy(error.code(), error.text());
    }

    private Optional<ConnectionXml> unmarshalled(String xml) {
        try {
            var reader = XmlCursor.reader(xml);
            var connection = BINDING.createUnmarshaller()
                    .unmarshal(reader, ConnectionXml.class)
                    .getValue();
            while (reader.hasNext()) {
                reader.next();
            }
            return Optional.ofNullable(connection);
        } catch (JAXBException | XMLStreamException e) {
            // Their messages repeat the document, and the key may be in it.
            return Optional.empty();
        }
    }

    private static String stripped(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
