package hoopoe.provider.every8d;

import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.Recipient;
import hoopoe.provider.soap.SoapMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An order as the operation that can carry it: own texts, else a validity, else neither (product.md, routes). */
final class Every8dOrder {

    private final SendOrder order;
    private final Instant now;
    private final boolean hasOwnTimes;

    /** @param now a time that is past or near goes out empty: at once */
    Every8dOrder(SendOrder order, Instant now) {
        this.order = order;
        this.now = now;
        this.hasOwnTimes = order.recipients().stream().anyMatch(recipient -> recipient.sendAt() != null);
    }

    SoapMessage message(SessionKey key) {
        if (order.isPersonal()) {
            return begin("sendParamSMS", key)
                    .with("contentXML", content())
                    .with("sendTime", hasOwnTimes ? "" : time(order.sendAt()));
        }
        var validity = order.validity();
        return validity == null
                ? common("sendSMS", key)
                : common("sendMessage", key).with("retryTime", Long.toString(minutes(validity)));
    }

    private SoapMessage common(String operation, SessionKey key) {
        return begin(operation, key)
                .with("content", Every8dText.normal(order.text()))
                .with("mobile", mobiles())
                .with("sendTime", time(order.sendAt()));
    }

    private SoapMessage begin(String operation, SessionKey key) {
        return Every8dCalls.message(operation, key)
                .with("subject", Every8dSubject.with(order.subject(), order.token()));
    }

    private String mobiles() {
        return order.recipients().stream()
                .map(recipient -> recipient.to().e164())
                .collect(Collectors.joining(","));
    }

    private String content() {
        var content = new Every8dContent();
        for (var recipient : order.recipients()) {
            add(content, recipient);
        }
        return content.xml();
    }

    private void add(Every8dContent content, Recipient recipient) {
        content.add(
                orEmpty(recipient.name()),
                recipient.to().e164(),
                orEmpty(recipient.email()),
                ownTime(recipient),
                Every8dText.normal(order.textOf(recipient)));
    }

    /** Where one has an own time all get theirs written: an empty one would mean the common time, even for "now". */
    private String ownTime(Recipient recipient) {
        return hasOwnTimes ? time(recipient.sendAt() == null ? order.sendAt() : recipient.sendAt()) : "";
    }

    private String time(@Nullable Instant sendAt) {
        return sendAt == null || !SendOrder.isAhead(sendAt, now) ? "" : Every8dTimes.compact(sendAt);
    }

    /** Whole ones, rounded up. */
    private static long minutes(Duration validity) {
        return Math.max(1, validity.plusSeconds(59).plusNanos(999_999_999).toMinutes());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
