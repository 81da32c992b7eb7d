package hoopoe.local.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that arrived whole, and the answer that was meant for it once there is one. */
public final class Exchange {
    private final long number;
    private final String operation;
    private final Request request;
    private volatile @Nullable Answer answer;

    Exchange(long number, String operation, Request request) {
        this.number = number;
        this.operation = operation;
        this.request = request;
    }

    /** Counted from 1 in the order of arrival. */
    public long number() {
        return number;
    }

    public String operation() {
        return operation;
    }

    public Request request() {
        return request;
    }

    /** The answer that was meant; the delivery says how much of it was sent. */
    public Optional<Answer> answer() {
        return Optional.ofNullable(answer);
    }

    void answered(Answer given) {
        answer = given;
    }
}
