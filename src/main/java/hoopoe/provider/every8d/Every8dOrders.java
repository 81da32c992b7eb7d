package hoopoe.provider.every8d;

import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.every8d.Every8dContentXml.UserElement;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.xml.SoapMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns an order into the operation that can carry it: own texts (document §2.3), else a validity (§2.2), else neither (§1.2). */
final class Every8dOrders {

    private final SendOrder order;
    private final Instant now;
    private final boolean hasOwnTimes;

    /** @param now a past or near time is sent empty: at once */
    Every8dOrders(SendOrder order, Instant now) {
        this.order = order;
        this.now = now;
        this.hasOwnTimes = order.recipients().stream().anyMatch(orderRecipient -> orderRecipient.sendAt() != null);
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
                .with("content", order.text())
                .with("mobile", mobiles())
                .with("sendTime", time(order.sendAt()));
    }

    private SoapMessage begin(String operation, SessionKey key) {
        return Every8dClient.message(operation, key)
                .with("subject", Every8dSubject.with(order.subject(), order.token()));
    }

    private String mobiles() {
        return order.recipients().stream()
                .map(orderRecipient -> orderRecipient.to().e164())
                .collect(Collectors.joining(","));
    }

    private String content() {
        var content = new Every8dContentXml();
        order.recipients().forEach(orderRecipient -> content.users.add(user(orderRecipient)));
        return content.document();
    }

    private UserElement user(OrderRecipient orderRecipient) {
        var user = new UserElement();
        user.name = orEmpty(orderRecipient.name());
        user.mobile = orderRecipient.to().e164();
        user.email = orEmpty(orderRecipient.email());
        user.sendTime = ownTime(orderRecipient);
        user.text = order.textOf(orderRecipient);
        return user;
    }

    /** If one recipient has an own time, all times are written: an empty one would mean the common time, even for "now". */
    private String ownTime(OrderRecipient orderRecipient) {
        return hasOwnTimes ? time(orderRecipient.sendAt() == null ? order.sendAt() : orderRecipient.sendAt()) : "";
    }

    private String time(@Nullable Instant sendAt) {
        return sendAt == null || !SendOrder.isAhead(sendAt, now) ? "" : Every8dClient.TIMES.write(sendAt);
    }

    /** Whole minutes, rounded up. */
    private static long minutes(Duration validity) {
        return Math.max(1, validity.plusSeconds(59).plusNanos(999_999_999).toMinutes());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
