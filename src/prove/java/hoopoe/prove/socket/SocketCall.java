package hoopoe.prove.socket;

import hoopoe.local.wire.Fault;
import java.util.Locale;

/** The calls whose lines break. */
enum SocketCall {
    EVERY8D_SEND(Provider.EVERY8D, Kind.SEND, "sendSMS", "sendSMS", Fault.says("-306,bad number")),
    EVERY8D_LOGIN(Provider.EVERY8D, Kind.LOGIN, "getConnection", "getConnection", Fault.fails("out of order")),
    EVERY8D_REPORT(Provider.EVERY8D, Kind.REPORT, "getDeliveryStatus", "getDeliveryStatus", Fault.fails("no")),
    TEXT421_SEND(Provider.TEXT421, Kind.SEND, "smsSendBillXML", "/billsms/xml", Fault.refuses(400)),
    TEXT421_REPORT(Provider.TEXT421, Kind.REPORT, "deliveryJSON", "/delivery/json", Fault.fails("no")),
    SMSPANEL_SEND(Provider.SMSPANEL, Kind.SEND, "SendSMS", "SendSMS", Fault.refuses(-2)),
    SMSPANEL_REPORT(Provider.SMSPANEL, Kind.REPORT, "GetStatus", "GetStatus", Fault.fails("no"));

    enum Provider {
        EVERY8D,
        TEXT421,
        SMSPANEL
    }

    enum Kind {
        SEND,
        /** Before a send. */
        LOGIN,
        /** By a tick, after a send. */
        REPORT
    }

    private final Provider provider;
    private final Kind kind;
    private final String operation;
    private final String mark;
    private final Fault no;

    SocketCall(Provider provider, Kind kind, String operation, String mark, Fault no) {
        this.provider = provider;
        this.kind = kind;
        this.operation = operation;
        this.mark = mark;
        this.no = no;
    }

    Provider provider() {
        return provider;
    }

    /** For names of accounts, whose users have 16 characters at most at text421. */
    String shortName() {
        return (provider.name().substring(0, 1) + kind).toLowerCase(Locale.ROOT);
    }

    Kind kind() {
        return kind;
    }

    /** As the simulator counts it. */
    String operation() {
        return operation;
    }

    /** The provider's own no, which proves that nothing was done where it arrives whole. */
    Fault no() {
        return no;
    }

    /** Whether a session, where the provider has them, is to be there before the call. */
    boolean needsSession() {
        return provider == Provider.EVERY8D && kind != Kind.LOGIN;
    }

    /** @param head of a request */
    boolean is(String head) {
        return head.contains(mark);
    }
}
