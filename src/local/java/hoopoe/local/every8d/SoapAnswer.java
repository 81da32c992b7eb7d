package hoopoe.local.every8d;

import hoopoe.local.wire.Answer;

/** Envelopes out. */
final class SoapAnswer {
    private SoapAnswer() {}

    static Answer result(Soap soap, Operation operation, String result, Switch.EmptyResult empty) {
        String name = operation.wireName() + "Result";
        String element = result.isEmpty() ? empty(name, empty) : Xml.element(name, result);
        String response = operation.wireName() + "Response";
        String body = element.isEmpty()
                ? "<" + response + " xmlns=\"" + Soap.NAMESPACE + "\" />"
                : "<" + response + " xmlns=\"" + Soap.NAMESPACE + "\">" + element + "</" + response + ">";
        return envelope(200, soap, body);
    }

    private static String empty(String name, Switch.EmptyResult form) {
        return switch (form) {
            case SELF_CLOSED -> "<" + name + " />";
            case OPEN_CLOSE -> "<" + name + "></" + name + ">";
            case NIL -> "<" + name + " xsi:nil=\"true\" />";
            case MISSING -> "";
        };
    }

    static Answer fault(Soap soap, SoapFault fault) {
        String code = "soap:" + soap.name(fault.blame());
        String text = Xml.text(fault.text());
        String body = soap == Soap.V1_1
                ? "<faultcode>" + code + "</faultcode><faultstring>" + text + "</faultstring><detail />"
                : "<soap:Code><soap:Value>" + code + "</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang=\"en\">"
                        + text + "</soap:Text></soap:Reason><soap:Detail />";
        return envelope(500, soap, "<soap:Fault>" + body + "</soap:Fault>");
    }

    private static Answer envelope(int status, Soap soap, String body) {
        String xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"" + soap.envelope()
                + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><soap:Body>" + body
                + "</soap:Body></soap:Envelope>";
        return Answer.of(status, soap.contentType(), xml);
    }
}
