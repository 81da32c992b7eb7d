package hoopoe.local.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One thing that goes wrong with one call. The factories say whether the work was done before it went wrong. */
@FunctionalInterface
public interface Fault {
    Answer strike(Work work);

    /** The request was read; nothing was done and nothing comes back. */
    static Fault dropBeforeWork(Ending ending) {
        return work -> Answer.nothing(ending);
    }

    /** The work was done and nothing comes back. */
    static Fault dropAfterWork(Ending ending) {
        return twist(Delivery.nothing(ending));
    }

    /** The work is done at once, its answer comes later. */
    static Fault slow(Duration time) {
        return twist(Delivery.whole().after(time));
    }

    /** The work itself begins late. */
    static Fault slowBeforeWork(Duration time) {
        return work -> {
            work.pause(time);
            return work.carryOut();
        };
    }

    static Fault dripping(Duration pause) {
        return twist(Delivery.dripping(pause));
    }

    /** The work was done; so many bytes of the answer come back, head included. */
    static Fault cut(int bytes, Ending ending) {
        return twist(Delivery.cut(bytes, ending));
    }

    /** The work was done; the head and so many bytes of the body come back. */
    static Fault cutBody(int bytes, Ending ending) {
        return twist(Delivery.cutBody(bytes, ending));
    }

    /** The work was done; the body lost its end, and Content-Length agrees. */
    static Fault shortened(int bytes) {
        return work -> work.carryOut().shortened(bytes);
    }

    /** The work was done; the true answer leaves in another way. */
    static Fault twist(Delivery delivery) {
        return work -> work.carryOut().by(delivery);
    }

    /** An error page before anything was done. */
    static Fault html500() {
        return work -> errorPage();
    }

    /** An error page although the work was done. */
    static Fault html500AfterWork() {
        return work -> {
            work.carryOut();
            return errorPage();
        };
    }

    /** Bytes that are no HTTP, before anything was done. */
    static Fault garbage() {
        byte[] bytes = "\u0000\u0001\u00ff not HTTP at all\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        return work -> Answer.nothing(Ending.CLOSE).by(Delivery.raw(bytes, Ending.CLOSE));
    }

    /** The work was done; the body of its answer never ends. */
    static Fault endless() {
        return twist(Delivery.endless());
    }

    /** The request is to be made somewhere else, by the same method; nothing was done. */
    static Fault redirects(String location) {
        String head = "HTTP/1.1 307 Temporary Redirect\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
        return work -> Answer.html(307, "").by(Delivery.raw(head.getBytes(StandardCharsets.US_ASCII), Ending.CLOSE));
    }

    /** Another answer, nothing done. */
    static Fault instead(Answer answer) {
        return work -> answer;
    }

    /** A well-formed answer with this result, nothing done. */
    static Fault says(String result) {
        return work -> work.saying(result);
    }

    /** The work was done, the result is another. */
    static Fault saysAfterWork(String result) {
        return work -> {
            work.carryOut();
            return work.saying(result);
        };
    }

    /** The service's own no with this code, nothing done. */
    static Fault refuses(int code) {
        return work -> work.refusing(code);
    }

    /** The service's own failure form, nothing done. */
    static Fault fails(String message) {
        return work -> work.failing(message);
    }

    /** Something happens first; then all goes well. */
    static Fault meanwhile(Runnable first) {
        return work -> {
            first.run();
            return work.carryOut();
        };
    }

    private static Answer errorPage() {
        return Answer.html(
                500,
                "<!DOCTYPE html><html><head><title>Runtime Error</title></head><body><h1>Server Error</h1></body></html>");
    }
}
