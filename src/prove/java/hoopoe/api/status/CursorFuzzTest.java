package hoopoe.api.status;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hoopoe.api.http.ProblemException;
import hoopoe.prove.fuzz.Probe;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Cursors that callers invent. */
class CursorFuzzTest {

    /** A list takes only what its kind of cursor can be, and answers the rest with a problem. */
    @FuzzTest
    void invented(byte[] input) {
        for (var list : ListCursor.values()) {
            var place = Probe.of(input, bytes -> read(list, new String(bytes, StandardCharsets.UTF_8)));
            place.ifPresent(read -> must(list.read(list.of(read)).equals(read), "it does not lead there again"));
        }
        var reply = new ReplyCursor("caller", false);
        Probe.of(input, bytes -> replies(reply, ListCursor.REPLIES.of(new String(bytes, StandardCharsets.UTF_8))));
        Probe.of(input, bytes -> replies(reply, new String(bytes, StandardCharsets.UTF_8)));
    }

    /** What a list gives leads back to its place, for its follower and for no other. */
    @FuzzTest
    void given(@NotNull String caller, boolean operator, long second) {
        var at = Instant.ofEpochSecond(Math.floorMod(second, 253_402_300_800L)); // until the year 9999
        var cursor = new ReplyCursor(caller, operator).of(at);
        must(new ReplyCursor(caller, operator).read(cursor).equals(at), "it leads to another place");
        must(replies(new ReplyCursor(caller, !operator), cursor).isEmpty(), "another may follow it");
        must(read(ListCursor.BATCHES, cursor).isEmpty(), "another list takes it");
    }

    private static Optional<String> read(ListCursor list, String cursor) {
        try {
            return Optional.of(list.read(cursor));
        } catch (ProblemException refused) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> replies(ReplyCursor follower, String cursor) {
        try {
            return Optional.of(follower.read(cursor));
        } catch (ProblemException refused) {
            return Optional.empty();
        }
    }
}
