package hoopoe.provider.every8d;

import hoopoe.message.MessageState;
import hoopoe.observability.Redactor;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.provider.soap.SoapAnswer;
import hoopoe.provider.soap.SoapReply;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a send's reply proves (design.md section 4). What proves nothing is unconfirmed. */
final class SendVerdict {

    private static final String NOTHING_SENT = "nothing_sent";

    private final int recipients;

    private SendVerdict(int recipients) {
        this.recipients = recipients;
    }

    /** @param recipients of the send */
    static SendOutcome of(SoapReply reply, int recipients) {
        if (reply instanceof SoapReply.NothingSent nothing) {
            return new NotSent(Cause.UNREACHABLE, nothing.why(), "");
        }
        if (reply instanceof SoapReply.Lost lost) {
            return unconfirmed(lost.why());
        }
        var answered = (SoapReply.Answered) reply;
        if (answered.answer() instanceof SoapAnswer.Result result) {
            return new SendVerdict(recipients).result(answered.status(), SendResultText.read(result.text()));
        }
        return answered.answer() instanceof SoapAnswer.Fault fault
                ? fault(answered.status(), fault)
                : unconfirmed(answered.status() == 200 ? "malformed" : http(answered.status()));
    }

    private SendOutcome result(int status, SendResult result) {
        if (status != 200) {
            // The line says one thing and the letter another: neither is proof.
            return new Unconfirmed(http(status), "", batch(result));
        }
        if (result instanceof SendResult.Taken taken) {
            return accepted(taken);
        }
        if (result instanceof SendResult.Error error) {
            return refused(error.error());
        }
        return new Unconfirmed("malformed", "", batch(result));
    }

    private Accepted accepted(SendResult.Taken taken) {
        return new Accepted(taken.batch(), taken.credit(), taken.cost(), taken.unsent(), note(taken), results(taken));
    }

    /** Which ones a part is nobody knows before the rows say so. All of them are all; its batch id is one all the same. */
    private List<RecipientResult> results(SendResult.Taken taken) {
        return taken.sent() == 0 && taken.unsent() >= recipients
                ? Collections.nCopies(recipients, new RecipientResult(MessageState.REJECTED, null, NOTHING_SENT, ""))
                : List.of();
    }

    private static String note(SendResult.Taken taken) {
        if (taken.sent() == 0) {
            return NOTHING_SENT;
        }
        if (taken.unsent() > 0) {
            return "partial";
        }
        return taken.ambiguous() ? "ambiguous_cost" : "";
    }

    private static SendOutcome refused(Every8dError error) {
        if (error.isDeadSession()) {
            return new NotSent(Cause.SESSION_DEAD, error.code(), error.text());
        }
        if (error.isCredentials()) {
            return new NotSent(Cause.REFUSED, error.code(), error.text());
        }
        return error.isUnknown() || error.isBusy()
                ? new Unconfirmed(error.code(), error.text(), Optional.empty())
                : new Rejected(error.code(), error.text());
    }

    private static SendOutcome fault(int status, SoapAnswer.Fault fault) {
        if (status >= 400 && isUnknownOperation(fault)) {
            return new Rejected("not_supported_by_provider", Redactor.text(fault.text()));
        }
        return new Unconfirmed(status >= 400 ? http(status) : "fault", Redactor.text(fault.text()), Optional.empty());
    }

    /**
     * What ASP.NET says of it: {@code Server did not recognize the value of HTTP Header SOAPAction: …} by SOAP 1.1,
     * {@code Unable to handle request. The action '…' was not recognized.} by SOAP 1.2.
     */
    static boolean isUnknownOperation(SoapAnswer.Fault fault) {
        var text = fault.text().toLowerCase(Locale.ROOT);
        return says(text, "did not recognize", "soapaction")
                || says(text, "unable to handle request. the action ", "was not recognized");
    }

    private static boolean says(String text, String first, String then) {
        int at = text.indexOf(first);
        return at >= 0 && text.indexOf(then, at) > at;
    }

    private static Optional<String> batch(SendResult result) {
        if (result instanceof SendResult.Taken taken) {
            return Optional.of(taken.batch());
        }
        return result instanceof SendResult.Contradiction both ? Optional.of(both.batch()) : Optional.empty();
    }

    private static Unconfirmed unconfirmed(String code) {
        return new Unconfirmed(code, "", Optional.empty());
    }

    private static String http(int status) {
        return "http_" + status;
    }
}
