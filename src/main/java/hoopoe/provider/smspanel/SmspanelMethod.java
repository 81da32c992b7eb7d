package hoopoe.provider.smspanel;

import java.util.List;

/** The methods, with their parameters in the document's order: PHP's servers, as measured, read by position, not name. */
enum SmspanelMethod {
    GET_CREDIT("GetCredit", "user", "pass"),
    SEND_SMS("SendSMS", "user", "pass", "fromNum", "toNum", "messageContent"),
    SEND_MULTIPLE_SMS("SendMultipleSMS", "user", "pass", "fromNum", "toNums", "messageContents"),
    GET_STATUS("GetStatus", "user", "pass", "unique_ids"),
    GET_MSG("GetMsg", "user", "pass");

    private final String wireName;
    private final List<String> parameters;

    SmspanelMethod(String wireName, String... parameters) {
        this.wireName = wireName;
        this.parameters = List.of(parameters);
    }

    String wireName() {
        return wireName;
    }

    List<String> parameters() {
        return parameters;
    }

    /** The name in exceptions and metrics. */
    String label() {
        return "smspanel " + wireName;
    }
}
