package hoopoe.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** An operation that takes several entries, and takes or refuses each by itself. */
public interface BatchOperation<T> {

    /** As in AWS' reference: {@code PutEvents}. */
    String name();

    /** By AWS' way to count, in bytes. */
    int size(T entry);

    /** The body of a call. */
    Map<String, ?> request(List<T> entries);

    /**
     * Whether an entry was taken. What an answer does not say was not.
     *
     * @param n the position in the request
     */
    boolean isTaken(JsonNode answer, int n);

    /** The error code of an entry that was not. */
    String code(JsonNode answer, int n);
}
