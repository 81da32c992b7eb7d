package hoopoe.provider.every8d;

import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status codes of messages (document §3.2; 301 is from public clients). An unlisted code is stored as written and is not final. */
record Every8dStatus(MessageState state, String text) {

    /** A reply, not a status; in callbacks only. */
    static final String REPLY = "999";

    private static final Every8dStatus UNKNOWN = new Every8dStatus(MessageState.SUBMITTED, "");

    private static final Map<String, Every8dStatus> BY_CODE = Map.ofEntries(
            status("0", MessageState.SUBMITTED, "handed to the carrier"),
            status("100", MessageState.DELIVERED, "delivered"),
            status("101", MessageState.UNDELIVERED, "handset off or out of reach"),
            status("102", MessageState.UNDELIVERED, "network or base station fault"),
            status("103", MessageState.UNDELIVERED, "number empty or out of service"),
            status("104", MessageState.UNDELIVERED, "handset not compatible"),
            status("105", MessageState.UNDELIVERED, "handset fault"),
            status("106", MessageState.UNDELIVERED, "unexpected fault while transmitting"),
            status("107", MessageState.UNDELIVERED, "handset off or out of reach"),
            status("300", MessageState.SCHEDULED, "scheduled"),
            status("301", MessageState.REJECTED, "not sent for want of credit"),
            status("303", MessageState.CANCELLED, "schedule cancelled"),
            status("500", MessageState.REJECTED, "international sending is switched off"),
            status("-1", MessageState.REJECTED, "parameter error"),
            status("-2", MessageState.REJECTED, "account or password wrong"),
            status("-3", MessageState.REJECTED, "number wrong or blacklisted"),
            status("-4", MessageState.EXPIRED, "planned time more than 24 hours past"),
            status("-5", MessageState.REJECTED, "text too long"),
            status("-6", MessageState.REJECTED, "planned time has a wrong format"));

    static Every8dStatus of(String code) {
        return BY_CODE.getOrDefault(code, UNKNOWN);
    }

    /** @param code as written, stripped */
    static StatusFact fact(String code, @Nullable Instant at, @Nullable String cost, StatusFact.Source source) {
        var status = of(code);
        return new StatusFact(status.state, at, code, status.text, cost, source);
    }

    private static Map.Entry<String, Every8dStatus> status(String code, MessageState state, String text) {
        return Map.entry(code, new Every8dStatus(state, text));
    }
}
