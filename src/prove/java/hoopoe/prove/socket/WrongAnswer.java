package hoopoe.prove.socket;

import static hoopoe.prove.socket.Framing.ascii;

import java.io.IOException;
import java.util.Arrays;

/** What comes in place of the right answer, from its first byte on. Nothing of it says "not sent" unless the provider does. */
enum WrongAnswer {
    NOTHING_THEN_CLOSE((peer, right) -> peer.close()),
    NOTHING_THEN_RESET((peer, right) -> peer.reset()),
    NOTHING_THEN_SILENCE((peer, right) -> peer.hold()),
    GARBAGE((peer, right) -> peer.say(Peer.GARBAGE)),
    /** {@code handshake_failure}, past what may encrypt the line. */
    TLS_ALERT((peer, right) -> peer.sayInTheClear(new byte[] {0x15, 3, 3, 0, 2, 2, 40})),
    CONTINUE_THEN_ANSWER((peer, right) -> {
        peer.say(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
        peer.say(right.whole());
    }),
    CONTINUE_THEN_CLOSE((peer, right) -> peer.say(ascii("HTTP/1.1 100 Continue\r\n\r\n"))),
    CONTINUE_FOR_EVER((peer, right) -> {
        while (true) {
            peer.say(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
            Peer.pause();
        }
    }),
    EARLY_HINTS_THEN_CLOSE((peer, right) -> peer.say(ascii("HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n"))),
    UNKNOWN_1XX_THEN_ANSWER((peer, right) -> {
        peer.say(ascii("HTTP/1.1 199 X\r\n\r\n"));
        peer.say(right.whole());
    }),
    SWITCHING_PROTOCOLS((peer, right) -> {
        peer.say(ascii("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"));
        peer.say(right.body());
    }),
    /** To where it was. A client that followed would post again. */
    REDIRECT_307((peer, right) -> peer.say(redirect(307, peer))),
    REDIRECT_302((peer, right) -> peer.say(redirect(302, peer))),
    PAGE_500((peer, right) ->
            peer.say(RightAnswer.of(500, "<h1>Server Error</h1>").whole())),
    EMPTY_502((peer, right) -> peer.say(RightAnswer.of(502, "").whole())),
    SHORT_503((peer, right) -> peer.say(RightAnswer.of(503, "").under("Content-Length: 9", ascii("later")))),
    EMPTY_200((peer, right) -> peer.say(right.under("Content-Length: 0", new byte[0]))),
    NO_CONTENT_204((peer, right) -> peer.say(ascii("HTTP/1.1 204 No Content\r\n\r\n"))),
    PAGE_200((peer, right) ->
            peer.say(RightAnswer.of(200, "<h1>Please log in</h1>").whole())),
    LENGTH_TOO_SMALL(
            (peer, right) -> peer.say(right.under("Content-Length: " + right.body().length / 2, right.body()))),
    LENGTH_TWICE((peer, right) ->
            peer.say(right.under("Content-Length: 3\r\nContent-Length: " + right.body().length, right.body()))),
    LENGTH_NEGATIVE((peer, right) -> peer.say(right.under("Content-Length: -1", right.body()))),
    LENGTH_AND_CHUNKS((peer, right) -> peer.say(
            right.under("Content-Length: 5\r\nTransfer-Encoding: chunked", Framing.CHUNKED.framed(right.body())))),
    CHUNK_SIZE_UNREADABLE(
            (peer, right) -> peer.say(right.under("Transfer-Encoding: chunked", ascii("zz\r\nno chunk\r\n0\r\n\r\n")))),
    CHUNK_SIZE_TOO_LARGE((peer, right) ->
            peer.say(right.under("Transfer-Encoding: chunked", ascii("fffffffffffffffff\r\nno more\r\n0\r\n\r\n")))),
    GZIP_BROKEN((peer, right) -> peer.say(right.under(
            "Content-Encoding: gzip\r\nContent-Length: 12", Arrays.copyOf(new byte[] {0x1f, (byte) 0x8b, 8}, 12))));

    private final SocketFault.Strike strike;

    WrongAnswer(SocketFault.Strike strike) {
        this.strike = strike;
    }

    void on(Peer peer, RightAnswer right) throws IOException {
        strike.on(peer, right);
        peer.close();
    }

    private static byte[] redirect(int status, Peer peer) {
        return ascii("HTTP/1.1 " + status + " X\r\nLocation: " + peer.url() + "\r\nContent-Length: 0\r\n\r\n");
    }
}
