package hoopoe.prove.socket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One thing that a line does wrong with one call.
 *
 * @param moment what the peer has of the request by then
 */
record SocketFault(String name, Moment moment, Strike strike) {

    /** In the order in which a call goes. */
    enum Moment {
        /** Nobody listens. */
        REFUSED,
        /** Before a byte is read, and before TLS. */
        ACCEPTED,
        HEAD_READ,
        HALF_READ,
        READ
    }

    /** What the peer does. It may end by an exception: the other side may leave whenever it likes. */
    @FunctionalInterface
    interface Strike {
        void on(Peer peer, RightAnswer right) throws IOException;
    }

    /** Before the whole request is read: 16. */
    static List<SocketFault> early() {
        List<SocketFault> faults = new ArrayList<>();
        faults.add(new SocketFault("REFUSED", Moment.REFUSED, (peer, right) -> {}));
        for (var moment : List.of(Moment.ACCEPTED, Moment.HEAD_READ, Moment.HALF_READ)) {
            for (var way : List.of(Way.CLOSE, Way.RESET, Way.SILENCE, Way.GARBAGE, Way.ANOTHER)) {
                var page = RightAnswer.of(503, "later").whole();
                faults.add(
                        new SocketFault(moment + " " + way, moment, (peer, right) -> way.on(peer, new byte[0], page)));
            }
        }
        return faults;
    }

    /** After it: 152. */
    static List<SocketFault> late() {
        List<SocketFault> faults = new ArrayList<>();
        for (var cut : Cut.values()) {
            for (var framing : Framing.values()) {
                for (var way : Way.values()) {
                    faults.add(new SocketFault(
                            cut + " " + framing + " " + way,
                            Moment.READ,
                            (peer, right) -> answer(peer, right, cut, framing, way)));
                }
            }
        }
        for (var wrong : WrongAnswer.values()) {
            faults.add(new SocketFault(wrong.name(), Moment.READ, wrong::on));
        }
        return faults;
    }

    private static void answer(Peer peer, RightAnswer right, Cut cut, Framing framing, Way way) throws IOException {
        var all = right.in(framing);
        int at = cut.of(right, framing);
        peer.say(Arrays.copyOf(all, at));
        way.on(peer, Arrays.copyOfRange(all, at, all.length), right.whole());
    }

    @Override
    public String toString() {
        return name;
    }
}
