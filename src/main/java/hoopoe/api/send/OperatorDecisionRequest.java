package hoopoe.api.send;

import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.Problem;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.ProblemException;
import hoopoe.dispatch.decision.OperatorDecision;
import hoopoe.message.Surrogates;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bodies of {@code …/confirm} and {@code …/resend}; a missing body counts as an empty object. */
final class OperatorDecisionRequest {

    /** In characters, as JSON Schema counts. */
    static final int LONGEST_NOTE = 500;

    /** No adapter takes a longer reference from its provider. */
    static final int LONGEST_REFERENCE = 64;

    /** Characters that a reference must not have: control characters, what XML cannot carry, invisible marks. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private OperatorDecisionRequest() {}

    @RegisterForReflection
    record Confirm(@Nullable String reference, @Nullable String note) {}

    @RegisterForReflection
    record Resend(@Nullable String note) {}

    static OperatorDecision confirm(ApiRequest apiRequest) {
        var body = apiRequest.bytes().length == 0 ? new Confirm(null, null) : apiRequest.body(Confirm.class);
        return word(apiRequest, reference(body.reference()), body.note());
    }

    static OperatorDecision resend(ApiRequest apiRequest) {
        return word(
                apiRequest,
                null,
                apiRequest.bytes().length == 0
                        ? null
                        : apiRequest.body(Resend.class).note());
    }

    private static OperatorDecision word(ApiRequest apiRequest, @Nullable String reference, @Nullable String note) {
        if (note != null && note.codePointCount(0, note.length()) > LONGEST_NOTE) {
            throw refused("/note", "A note is at most " + LONGEST_NOTE + " characters long.");
        }
        if (note != null && Surrogates.areTorn(note)) {
            throw refused("/note", "It contains half a character.");
        }
        return new OperatorDecision(
                apiRequest.caller(), apiRequest.grant().key(), reference, note == null || note.isBlank() ? null : note);
    }

    private static @Nullable String reference(@Nullable String written) {
        var reference = written == null ? null : written.strip();
        if (reference != null
                && (reference.isEmpty()
                        || reference.codePointCount(0, reference.length()) > LONGEST_REFERENCE
                        || UNSEEN.matcher(reference).find())) {
            throw refused("/reference", "A reference has 1 to " + LONGEST_REFERENCE + " visible characters.");
        }
        return reference;
    }

    private static ProblemException refused(String pointer, String detail) {
        var kind = ProblemCatalogue.INVALID_REQUEST;
        return new ProblemException(
                Problem.of(kind, detail).with(List.of(Problem.InvalidField.of(pointer, kind, detail))));
    }
}
