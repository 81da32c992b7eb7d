package hoopoe.provider.text421;

import hoopoe.observability.Redactor;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.provider.text421.Text421Answer.Layout;
import hoopoe.provider.wire.WireAnswer;
import java.util.List;
import java.util.Optional;

/**
 * What the answer to a send of one message proves (providers.md C2.1). Of HTTP and body status the worse one counts; what
 * proves nothing is unconfirmed: somebody may have been charged. A letter that refuses may come in an envelope that says 200,
 * but none that refuses may say anywhere that something was taken.
 */
final class SendVerdict {

    private static final int CREDENTIALS = 401;

    private final int http;
    private final Text421Answer answer;
    private final String reference;

    private SendVerdict(int http, Text421Answer answer, String reference) {
        this.http = http;
        this.answer = answer;
        this.reference = reference;
    }

    /** @param reference ours, by which the message can be asked for whatever the answer was */
    static SendOutcome of(WireAnswer answer, String reference) {
        if (answer instanceof WireAnswer.NothingSent nothing) {
            return new NotSent(Cause.UNREACHABLE, nothing.why(), "");
        }
        if (answer instanceof WireAnswer.Lost lost) {
            return new Unconfirmed(lost.why(), "", Optional.of(reference));
        }
        var whole = (WireAnswer.Answer) answer;
        return new SendVerdict(whole.status(), Text421Answer.read(whole.body()), reference).outcome();
    }

    private SendOutcome outcome() {
        int status =
                answer.status().map(body -> Text421Answer.worse(http, body)).orElse(http);
        if (status == Text421Answer.ACCEPTED) {
            return taken();
        }
        if (!Text421Answer.isRefusal(status)) {
            return unconfirmed("http_" + status);
        }
        // No proof that nobody was charged: a part of the letter says that it was taken.
        return answer.taken() ? unconfirmed("http_" + http) : refused(status);
    }

    private SendOutcome taken() {
        if (answer.layout() == Layout.UNREADABLE || answer.isWordsAlone()) {
            return unconfirmed("malformed");
        }
        // Whose was not taken nobody says; with one recipient a smaller count is none.
        return answer.recipients().filter(count -> count < 1).isPresent()
                ? unconfirmed("partial")
                : new Accepted(reference, null, null, 0, "", List.of());
    }

    private SendOutcome refused(int status) {
        if (status == CREDENTIALS || answer.status().equals(Optional.of(CREDENTIALS))) {
            return new NotSent(Cause.REFUSED, Integer.toString(CREDENTIALS), text());
        }
        return new Rejected(Refusal.of(answer.description()).code(status), Refusal.text(status, answer.description()));
    }

    private Unconfirmed unconfirmed(String code) {
        return new Unconfirmed(code, text(), Optional.of(reference));
    }

    private String text() {
        return Redactor.text(answer.description());
    }
}
