package hoopoe.provider.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The request of one operation: all parameters in order, empty ones as empty elements. */
public final class SoapMessage {

    private final String namespace;
    private final String operation;
    private final List<String> parameters = new ArrayList<>();

    private SoapMessage(String namespace, String operation) {
        this.namespace = namespace;
        this.operation = operation;
    }

    /** @param namespace of the operation and its parameters, with its closing slash */
    public static SoapMessage of(String namespace, String operation) {
        return new SoapMessage(namespace, operation);
    }

    /** @param value text that XML can carry */
    public SoapMessage with(String name, String value) {
        parameters.add('<' + name + '>' + XmlText.content(value) + "</" + name + '>');
        return this;
    }

    public String operation() {
        return operation;
    }

    public Map<String, String> headers(SoapVersion version) {
        return version.headers(namespace + operation);
    }

    /** The whole document, UTF-8. */
    public byte[] envelope(SoapVersion version) {
        return ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<soap:Envelope xmlns:soap=\"" + version.namespace()
                        + "\"><soap:Body><" + operation + " xmlns=\"" + namespace + "\">" + String.join("", parameters)
                        + "</" + operation + "></soap:Body></soap:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Omits the parameters, which are keys, passwords, numbers and texts. */
    @Override
    public String toString() {
        return operation;
    }
}
