package hoopoe.provider.text421;

import hoopoe.observability.Redactor;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.text421.Text421Response.Layout;
import java.util.List;
import java.util.Optional;

/**
 * Decides what the answer to a send of one message proves (decision 7). The worse of HTTP and body status counts. An
 * answer that proves nothing is unconfirmed, because the recipient may have been charged. A refusal may come under HTTP 200,
 * but no part of it may say that a message was accepted.
 */
final class Text421SendVerdict {

    private static final int CREDENTIALS = 401;

    private final int http;
    private final Text421Response answer;
    private final String reference;

    private Text421SendVerdict(int http, Text421Response answer, String reference) {
        this.http = http;
        this.answer = answer;
        this.reference = reference;
    }

    /** @param reference ours, by which the message can be polled whatever the answer was */
    static SendOutcome of(ProviderHttpResponse answer, String reference) {
        if (answer instanceof ProviderHttpResponse.NothingSent nothing) {
            return new NotSent(Cause.UNREACHABLE, nothing.why(), "");
        }
        if (answer instanceof ProviderHttpResponse.LostResponse lostResponse) {
            return new Unconfirmed(lostResponse.why(), "", Optional.of(reference));
        }
        var whole = (ProviderHttpResponse.CompleteResponse) answer;
        return new Text421SendVerdict(whole.status(), Text421Response.read(whole.body()), reference).outcome();
    }

    private SendOutcome outcome() {
        int status =
                answer.status().map(body -> Text421Response.worse(http, body)).orElse(http);
        if (status == Text421Response.ACCEPTED) {
            return taken();
        }
        if (!Text421Response.isRefusal(status)) {
            return unconfirmed("http_" + status);
        }
        // No proof that the recipient was not charged: a part of the body says that it was accepted.
        return answer.taken() ? unconfirmed("http_" + http) : refused(status);
    }

    private SendOutcome taken() {
        if (answer.layout() == Layout.UNREADABLE || answer.isWordsAlone()) {
            return unconfirmed("malformed");
        }
        // With one recipient a smaller count is 0. A count does not say which message was left out.
        return answer.recipients().filter(count -> count < 1).isPresent()
                ? unconfirmed("partial")
                : new Accepted(reference, null, null, 0, "", List.of());
    }

    private SendOutcome refused(int status) {
        if (status == CREDENTIALS || answer.status().equals(Optional.of(CREDENTIALS))) {
            return new NotSent(Cause.REFUSED, Integer.toString(CREDENTIALS), text());
        }
        return new Rejected(
                Text421Error.of(answer.description()).code(status), Text421Error.text(status, answer.description()));
    }

    private Unconfirmed unconfirmed(String code) {
        return new Unconfirmed(code, text(), Optional.of(reference));
    }

    private String text() {
        return Redactor.text(answer.description());
    }
}
