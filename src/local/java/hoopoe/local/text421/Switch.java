package hoopoe.local.text421;

/**
 * What the help pages leave open (src/site/providers.md). Each switch is an enum; its first constant is how the simulator starts.
 */
public final class Switch {
    private Switch() {}

    /** Of the answer to a send. EMPTY leaves the HTTP status alone. */
    public enum Layout {
        XML,
        NESTED_XML,
        JSON,
        PLAIN,
        EMPTY
    }

    /** The HTTP status agrees with the body, or is always 200. */
    public enum HttpStatus {
        AS_BODY,
        ALWAYS_200
    }

    /** "The format of the body must be kept": another order of elements is an unknown error, or is accepted. */
    public enum ElementOrder {
        KEPT,
        ANY
    }

    /** A second charge for one received SMS. */
    public enum Reuse {
        TAKEN,
        MISSING_INCOMING_MSG
    }

    /** Whether the received SMS must have come from the number that is charged. */
    public enum Owner {
        ANYBODY,
        SAME_MSISDN
    }

    /** A second message with one {@code id}. */
    public enum SameId {
        TAKEN,
        UNKNOWN_ERROR
    }

    /** One bad recipient refuses all, or the others are taken and {@code recipients} is smaller. */
    public enum BadRecipient {
        REFUSES_ALL,
        IS_LEFT_OUT
    }

    /** As the plain sibling misspells it. */
    public enum NetworkWord {
        UNKNOWN,
        UNKNWON
    }

    /** Every received SMS has a {@code rcv_msg_id} ({@code smsSendBillXML}), or those to charged services only ({@code 2wayGet}). */
    public enum ReceivedId {
        EVERY_SMS,
        NONE
    }

    public enum Pushes {
        ON,
        OFF
    }

    /** How often one is made even though it was taken. */
    public enum PushTimes {
        ONCE,
        TWICE
    }

    /** Whether a delivery push repeats {@code rcv_msg_id}. */
    public enum PushReceivedId {
        LEFT_OUT,
        REPEATED
    }

    public enum PushBlank {
        PERCENT,
        PLUS
    }

    /** The name of the list in {@code deliveryJSON} that charged messages stand in. */
    public enum DeliveryList {
        DELIVERY,
        BILLDELIVERY
    }

    /** An id that was never sent. */
    public enum UnknownId {
        LEFT_OUT,
        WAITING
    }
}
