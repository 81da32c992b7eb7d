package hoopoe.local.text421;

import hoopoe.local.stage.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Validates an order before anyone is charged, by the error table of the document; the order of the checks is ours. */
final class OrderValidator {
    private final Switches switches;
    private final MobileNetworks mobileNetworks;
    private final Messages messages;

    OrderValidator(Switches switches, MobileNetworks mobileNetworks, Messages messages) {
        this.switches = switches;
        this.mobileNetworks = mobileNetworks;
        this.messages = messages;
    }

    /** A reason to refuse the whole call. */
    Optional<Verdict> refusal(BillOrder order) {
        if (order.recipients().isEmpty()) {
            return missing("recipients");
        }
        if (order.recipients().stream().anyMatch(one -> one.id().isBlank())) {
            return missing("id");
        }
        if (order.recipients().stream().anyMatch(one -> one.receivedId().isBlank())) {
            return missing("rcv_msg_id");
        }
        if (order.text().isEmpty()) {
            return missing("text");
        }
        if (!order.type().isEmpty() && !order.type().equals("binary")) {
            return Optional.of(Verdict.bad("unknown type"));
        }
        boolean unreadable = !order.delivery().isEmpty()
                && BratislavaTime.read(order.delivery()).isEmpty();
        return unreadable ? Optional.of(Verdict.unknownError()) : Optional.empty();
    }

    private static Optional<Verdict> missing(String name) {
        return Optional.of(Verdict.bad("missing parameter " + name));
    }

    /** Why one recipient cannot be charged. */
    Optional<Verdict> refusal(BillOrder.Recipient recipient) {
        Optional<ReceivedMessage> received = messages.received(recipient.receivedId());
        if (received.isEmpty()
                || switches.is(Switch.Owner.SAME_MSISDN)
                        && !received.get().msisdn().equals(recipient.msisdn())
                || switches.is(Switch.Reuse.MISSING_INCOMING_MSG) && messages.isAnswered(recipient.receivedId())) {
            return Optional.of(Verdict.bad("missing incoming msg"));
        }
        if (switches.is(Switch.SameId.UNKNOWN_ERROR)
                && messages.message(recipient.id()).isPresent()) {
            return Optional.of(Verdict.unknownError());
        }
        return network(recipient.msisdn());
    }

    private Optional<Verdict> network(String msisdn) {
        Optional<String> operator = MobileNetworks.of(msisdn);
        if (operator.isEmpty()) {
            return Optional.of(Verdict.bad("unknown prefix " + MobileNetworks.prefix(msisdn)));
        }
        String word = switches.is(Switch.NetworkWord.UNKNWON) ? "unknwon" : "unknown";
        return operator.filter(mobileNetworks::isClosed).map(closed -> Verdict.bad(word + " network " + closed));
    }

    /** Those that can be charged. */
    List<BillOrder.Recipient> good(BillOrder order) {
        List<BillOrder.Recipient> good = new ArrayList<>(order.recipients());
        good.removeIf(recipient -> refusal(recipient).isPresent());
        return good;
    }
}
