package hoopoe.prove.socket;

import org.jspecify.annotations.Nullable;

/** One case, and what became of it. */
final class SocketCase {

    private final int number;
    private final SocketCall call;
    private final boolean tls;
    private final SocketFault fault;
    private final boolean taken;
    private volatile boolean begun;
    private volatile boolean struck;
    private volatile String batch = "";
    private volatile @Nullable String verdict;
    private volatile int tries;
    private int misses;

    /** @param taken whether the provider does what the call asks for */
    SocketCase(int number, SocketCall call, boolean tls, SocketFault fault, boolean taken) {
        this.number = number;
        this.call = call;
        this.tls = tls;
        this.fault = fault;
        this.taken = taken;
    }

    /** Of its message: another for each try. */
    int message() {
        return number + 10_000 * tries;
    }

    SocketCall call() {
        return call;
    }

    boolean tls() {
        return tls;
    }

    SocketFault fault() {
        return fault;
    }

    boolean taken() {
        return taken;
    }

    /** In the text of its message, so that it is known on the wire. */
    String marker() {
        return "case-" + message() + "z";
    }

    void begin() {
        begun = true;
    }

    /** It is not tried any more. */
    void leave() {
        begun = false;
    }

    boolean isBegun() {
        return begun;
    }

    /** The fault has happened. */
    void strike() {
        struck = true;
    }

    boolean struck() {
        return struck || fault.moment() == SocketFault.Moment.REFUSED;
    }

    /** The call that was to break did not reach its line, as on a slow machine. @return whether to try with another message */
    boolean again() {
        return ++tries < 4;
    }

    /** No tick has asked yet. @return whether to wait for the next */
    boolean missed() {
        return ++misses < 4;
    }

    void sentAs(String id) {
        batch = id;
    }

    String batch() {
        return batch;
    }

    /** The state of the message after the call. */
    void end(String state) {
        verdict = state;
    }

    @Nullable String verdict() {
        return verdict;
    }

    @Override
    public String toString() {
        return "case " + number + ": " + call + (tls ? " TLS " : " ") + fault + (taken ? ", done" : ", not done");
    }
}
