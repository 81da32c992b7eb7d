package hoopoe.provider.smspanel;

import hoopoe.provider.Credit;
import hoopoe.provider.InboxContent;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.Readiness;
import hoopoe.provider.SendOutcome;
import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What the adapter makes, over a socket, of a panel that refuses every call with the same error. */
public final class RefusingPanel implements AutoCloseable {

    private static final String ANSWER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>\
            <ns1:Response xmlns:ns1="urn:smsserver"><return><ErrCode>%s</ErrCode><result>%s</result></return>\
            </ns1:Response></SOAP-ENV:Body></SOAP-ENV:Envelope>""";

    private final SocketPeer peer;
    private final Adapter adapter;

    public RefusingPanel(String code, String text) {
        try {
            peer = SocketPeer.saying(SocketPeer.http(200, "text/xml; charset=utf-8", ANSWER.formatted(code, text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        adapter = new Adapter(peer.url().toString());
    }

    public SendOutcome send() {
        return adapter.send(Adapter.order("hello", "+989121234567"));
    }

    public Credit credit() {
        return adapter.provider.credit(adapter.account, adapter.deadline());
    }

    public InboxContent inbox() {
        var ready = (Readiness.Ready) adapter.readiness();
        var answer = adapter.provider.drain(adapter.account, ready, adapter.deadline());
        return adapter.provider.read(adapter.account, (InboxResponse.RawResponse) answer);
    }

    /** How often it was called. */
    public int calls() {
        return peer.requests().size();
    }

    @Override
    public void close() {
        adapter.close();
        try {
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
