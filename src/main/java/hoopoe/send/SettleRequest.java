package hoopoe.send;

import hoopoe.http.Call;
import hoopoe.http.Problem;
import hoopoe.http.ProblemException;
import hoopoe.http.Problems;
import hoopoe.message.Surrogates;
import hoopoe.settle.Word;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bodies of {@code …/confirm} and {@code …/resend}; none is as good as an empty one. */
final class SettleRequest {

    /** In characters, as JSON Schema counts. */
    static final int LONGEST_NOTE = 500;

    /** No provider has longer ones (providers.md C1.3). */
    static final int LONGEST_REFERENCE = 64;

    /** Neither control characters nor what XML cannot carry, nor any mark that nobody sees. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private SettleRequest() {}

    @RegisterForReflection
    record Confirm(@Nullable String reference, @Nullable String note) {}

    @RegisterForReflection
    record Resend(@Nullable String note) {}

    static Word confirm(Call call) {
        var body = call.bytes().length == 0 ? new Confirm(null, null) : call.body(Confirm.class);
        return word(call, reference(body.reference()), body.note());
    }

    static Word resend(Call call) {
        return word(
                call,
                null,
                call.bytes().length == 0 ? null : call.body(Resend.class).note());
    }

    private static Word word(Call call, @Nullable String reference, @Nullable String note) {
        if (note != null && note.codePointCount(0, note.length()) > LONGEST_NOTE) {
            throw refused("/note", "A note is at most " + LONGEST_NOTE + " characters long.");
        }
        if (note != null && Surrogates.areTorn(note)) {
            throw refused("/note", "It holds half a character.");
        }
        return new Word(call.caller(), call.grant().key(), reference, note == null || note.isBlank() ? null : note);
    }

    private static @Nullable String reference(@Nullable String written) {
        var reference = written == null ? null : written.strip();
        if (reference != null
                && (reference.isEmpty()
                        || reference.codePointCount(0, reference.length()) > LONGEST_REFERENCE
                        || UNSEEN.matcher(reference).find())) {
            throw refused("/reference", "A reference has 1 to " + LONGEST_REFERENCE + " characters that can be seen.");
        }
        return reference;
    }

    private static ProblemException refused(String pointer, String detail) {
        var kind = Problems.INVALID_REQUEST;
        return new ProblemException(Problem.of(kind, detail).with(List.of(Problem.Error.of(pointer, kind, detail))));
    }
}
