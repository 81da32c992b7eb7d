package hoopoe.provider.soap;

import hoopoe.provider.soap.SoapAnswer.Fault;
import hoopoe.provider.soap.SoapAnswer.Result;
import hoopoe.provider.soap.SoapAnswer.Unreadable;
import javax.xml.stream.XMLStreamException;

/** {@code Envelope/Body/<op>Response/<op>Result} or {@code Envelope/Body/Fault}, of either version. */
final class SoapEnvelope {

    private SoapEnvelope() {}

    static SoapAnswer read(XmlCursor cursor, String operation) throws XMLStreamException {
        if (!cursor.name().equals("Envelope") || !SoapVersion.isEnvelope(cursor.namespace())) {
            cursor.skip();
            return new Unreadable();
        }
        SoapAnswer answer = new Unreadable();
        while (cursor.toChild()) {
            if (cursor.name().equals("Body")) {
                answer = body(cursor, operation);
            } else {
                cursor.skip();
            }
        }
        return answer;
    }

    private static SoapAnswer body(XmlCursor cursor, String operation) throws XMLStreamException {
        SoapAnswer answer = new Unreadable();
        int answers = 0;
        while (cursor.toChild()) {
            answers++;
            if (cursor.name().equals(operation + "Response")) {
                answer = result(cursor, operation + "Result");
            } else if (cursor.name().equals("Fault")) {
                answer = fault(cursor);
            } else {
                cursor.skip();
            }
        }
        // Two that may contradict each other are none.
        return answers == 1 ? answer : new Unreadable();
    }

    private static Result result(XmlCursor cursor, String name) throws XMLStreamException {
        var result = new Result("");
        while (cursor.toChild()) {
            if (cursor.name().equals(name)) {
                result = new Result(cursor.text());
            } else {
                cursor.skip();
            }
        }
        return result;
    }

    /** The text of the child of this name, empty where there is none. */
    private static String child(XmlCursor cursor, String name) throws XMLStreamException {
        var text = "";
        while (cursor.toChild()) {
            if (cursor.name().equals(name)) {
                text = cursor.text();
            } else {
                cursor.skip();
            }
        }
        return text;
    }

    private static Fault fault(XmlCursor cursor) throws XMLStreamException {
        var code = "";
        var text = "";
        while (cursor.toChild()) {
            var name = cursor.name();
            if (name.equals("faultcode")) {
                code = cursor.text();
            } else if (name.equals("faultstring")) {
                text = cursor.text();
            } else if (name.equals("Code")) {
                code = child(cursor, "Value");
            } else if (name.equals("Reason")) {
                text = child(cursor, "Text");
            } else {
                cursor.skip();
            }
        }
        return new Fault(code.substring(code.indexOf(':') + 1).strip(), text.strip());
    }
}
