package hoopoe.local.smspanel;

import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Answer;

/** Envelopes out. */
final class SoapAnswer {
    private SoapAnswer() {}

    static Answer result(Operation operation, Php value, Switches switches) {
        String name = operation.wireName() + "Response";
        String part = PhpStack.of(switches.get(Switch.Style.class)).element("return", value);
        return envelope(200, "<ns1:" + name + " xmlns:ns1=\"urn:smsserver\">" + part + "</ns1:" + name + ">", switches);
    }

    static Answer fault(SoapFault fault, Switches switches) {
        String body = "<SOAP-ENV:Fault>" + PhpStack.scalar("faultcode", "string", fault.code())
                + PhpStack.scalar("faultstring", "string", fault.text()) + PhpStack.scalar("faultactor", "string", "")
                + PhpStack.scalar("detail", "string", "") + "</SOAP-ENV:Fault>";
        return envelope(500, body, switches);
    }

    /** The bytes are UTF-8 whatever is declared. */
    private static Answer envelope(int status, String body, Switches switches) {
        String charset = switches.is(Switch.Charset.UTF_8) ? "UTF-8" : "ISO-8859-1";
        String xml = "<?xml version=\"1.0\" encoding=\"" + charset + "\"?>\n"
                + "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\""
                + (switches.is(Switch.Style.EXT_MAP) ? " xmlns:ns2=\"http://xml.apache.org/xml-soap\"" : "")
                + " SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><SOAP-ENV:Body>" + body
                + "</SOAP-ENV:Body></SOAP-ENV:Envelope>";
        return Answer.of(status, "text/xml; charset=" + charset, xml);
    }
}
