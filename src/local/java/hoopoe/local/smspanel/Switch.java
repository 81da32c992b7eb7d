package hoopoe.local.smspanel;

/**
 * What the document leaves open, and what the PHP stacks were measured to do (src/site/providers.md). Each switch is an enum; its
 * first constant is how the simulator starts.
 */
public final class Switch {
    private Switch() {}

    /** NuSOAP's plain structs, ext/soap's {@code Map}, or a JSON text in {@code return}. */
    public enum Style {
        NUSOAP_STRUCT,
        EXT_MAP,
        JSON_STRING
    }

    /** NuSOAP's own: ISO-8859-1 in header and declaration over bytes that are UTF-8. */
    public enum Charset {
        UTF_8,
        DECLARED_LATIN
    }

    /** By place, the names are ignored, as PHP does without a description. */
    public enum Parameters {
        BY_NAME,
        POSITIONAL
    }

    /** A {@code result} that should be an array is the text {@code Array}. */
    public enum Arrays {
        WRITTEN,
        LOST
    }

    /** {@code id => status} keeps its keys where the style can, or is a list. */
    public enum IntegerKeys {
        KEPT,
        LOST
    }

    /** The ids of SendSMS: in order, or under the numbers or places of the list as sent. */
    public enum SendIds {
        LIST,
        BY_NUMBER,
        BY_INDEX
    }

    /** One id for one recipient: in a list of one, or alone. */
    public enum OneId {
        IN_LIST,
        ALONE
    }

    /** SendMultipleSMS: one answer each in a list, under its place, or ids under one ErrCode 0. */
    public enum Each {
        LIST,
        BY_INDEX,
        UNDER_ONE
    }

    /** A bad login in SendMultipleSMS: once for the call, or once a recipient. */
    public enum BadLogin {
        ONCE,
        EACH
    }

    /** ErrCode -3: for the call before or after it was sent, or for every second recipient, none of which is sent. */
    public enum SendError {
        NEVER,
        CALL_NOT_SENT,
        CALL_BUT_SENT,
        EVERY_SECOND
    }

    /** Whether -2 counts before or after repeats are removed. */
    public enum Limit {
        BEFORE_REPEATS,
        AFTER_REPEATS
    }

    /** Whether SendMultipleSMS removes a repeated number too, and answers for the others only. */
    public enum Repeats {
        IN_SEND_SMS_ONLY,
        IN_BOTH
    }

    /** GetStatus: codes (by id where the style can), or structs of id and status, or of id, ErrCode and result. */
    public enum StatusShape {
        CODES,
        ID_AND_STATUS,
        UID_AND_STATUS_ID,
        ERR_CODE_AND_RESULT
    }

    /** Whether GetMsg marks the messages that it returns as read. */
    public enum Reading {
        CONSUMES,
        KEEPS
    }

    public enum EmptyInbox {
        EMPTY_LIST,
        EMPTY_TEXT,
        NIL
    }

    /** A single message: in a list of one, or bare. */
    public enum OneMessage {
        IN_LIST,
        BARE
    }

    public enum MessageTime {
        SECONDS,
        SECONDS_AS_TEXT,
        MILLISECONDS
    }

    /** {@code 12345.5} or {@code 12,345.5}. */
    public enum Credit {
        PLAIN,
        SEPARATED
    }
}
