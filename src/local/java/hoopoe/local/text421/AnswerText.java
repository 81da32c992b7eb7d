package hoopoe.local.text421;

import hoopoe.local.wire.Answer;

/** A verdict on the wire, in each layout that a partner must be ready for. */
final class AnswerText {
    private AnswerText() {}

    static Answer of(Verdict verdict, Switch.Layout layout, Switch.HttpStatus http) {
        int status = http == Switch.HttpStatus.AS_BODY ? verdict.status() : 200;
        return switch (layout) {
            case XML -> Answer.of(status, "text/xml; charset=utf-8", xml("response", fields(verdict)));
            case NESTED_XML ->
                Answer.of(
                        status,
                        "application/xml",
                        xml("s:smsSendBillXML xmlns:s=\"urn:naimar\"", "<s:result>" + fields(verdict) + "</s:result>"));
            case JSON -> Answer.of(status, "application/json", json(verdict));
            case PLAIN -> Answer.of(status, "text/plain", plain(verdict));
            case EMPTY -> Answer.of(status, "text/plain", "");
        };
    }

    private static String fields(Verdict verdict) {
        return "<status>" + verdict.status() + "</status><description>" + escaped(verdict.description())
                + "</description><recipients>" + verdict.recipients() + "</recipients>";
    }

    private static String xml(String root, String content) {
        String name = root.split(" ", 2)[0];
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + ">" + content + "</" + name + ">";
    }

    private static String json(Verdict verdict) {
        return "{\"status\":" + verdict.status() + ",\"description\":\"" + verdict.description() + "\",\"recipients\":"
                + verdict.recipients() + "}";
    }

    private static String plain(Verdict verdict) {
        return verdict.isTaken() ? "OK" : "ERROR " + verdict.status() + ", " + verdict.description();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
