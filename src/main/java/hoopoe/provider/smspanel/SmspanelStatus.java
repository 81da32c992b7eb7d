package hoopoe.provider.smspanel;

import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import java.util.Map;

/**
 * The status codes of messages (the document's last table). 5 is <em>not</em> delivered, though some clients read it so. An unlisted code
 * is stored as written and is not final.
 */
record SmspanelStatus(MessageState state, String text) {

    private static final SmspanelStatus UNKNOWN = new SmspanelStatus(MessageState.SUBMITTED, "");

    private static final Map<String, SmspanelStatus> BY_CODE = Map.of(
            "1", new SmspanelStatus(MessageState.SUBMITTED, "sending"),
            "2", new SmspanelStatus(MessageState.FAILED, "telecom problem"),
            "3", new SmspanelStatus(MessageState.SUBMITTED, "reached the carrier"),
            "4", new SmspanelStatus(MessageState.DELIVERED, "reached the handset"),
            "5", new SmspanelStatus(MessageState.FAILED, "did not reach the handset"),
            "6", new SmspanelStatus(MessageState.FAILED, "blacklist"));

    static SmspanelStatus of(String code) {
        return BY_CODE.getOrDefault(code, UNKNOWN);
    }

    /** @param code as written, stripped */
    static StatusFact fact(String code) {
        var status = of(code);
        return new StatusFact(status.state, null, code, status.text, null, StatusFact.Source.REPORT);
    }
}
