package hoopoe.provider.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The request of one operation in SOAP 1.1, rpc/encoded: unqualified parameters in the given order, each with its type. Every
 * array is typed, because without a type a PHP server takes an array of one for a struct.
 */
public final class RpcMessage {

    private static final String OPENING = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope"
            + " xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\""
            + " SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><SOAP-ENV:Body>";
    private static final String CLOSING = "</SOAP-ENV:Body></SOAP-ENV:Envelope>";

    private final String namespace;
    private final String operation;
    private final List<String> parameters = new ArrayList<>();

    private RpcMessage(String namespace, String operation) {
        this.namespace = namespace;
        this.operation = operation;
    }

    public static RpcMessage of(String namespace, String operation) {
        return new RpcMessage(namespace, operation);
    }

    /** @param value text that XML can carry */
    public RpcMessage with(String name, String value) {
        parameters.add(text(name, value));
        return this;
    }

    /** @param values texts that XML can carry */
    public RpcMessage with(String name, List<String> values) {
        parameters.add('<' + name + " xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"xsd:string[" + values.size()
                + "]\">" + values.stream().map(value -> text("item", value)).collect(Collectors.joining()) + "</" + name
                + '>');
        return this;
    }

    /** @param action the server's name of the operation in {@code SOAPAction}; sent in quotes */
    public Map<String, String> headers(String action) {
        return SoapVersion.V1_1.headers(action);
    }

    /** The whole document, UTF-8. */
    public byte[] envelope() {
        return (OPENING + "<ns1:" + operation + " xmlns:ns1=\"" + XmlText.attribute(namespace) + "\">"
                        + String.join("", parameters) + "</ns1:" + operation + '>' + CLOSING)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Omits the parameters, which are passwords, numbers and texts. */
    @Override
    public String toString() {
        return operation;
    }

    private static String text(String name, String value) {
        return '<' + name + " xsi:type=\"xsd:string\">" + XmlText.content(value) + "</" + name + '>';
    }
}
