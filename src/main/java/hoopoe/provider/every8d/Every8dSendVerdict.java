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
import hoopoe.provider.every8d.Every8dSendResultParser.Every8dSendResult;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.xml.SoapResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides what the answer to a send proves (decision 3). Without proof the send is unconfirmed. */
final class Every8dSendVerdict {

    private static final String NOTHING_SENT = "nothing_sent";

    private final int recipients;

    private Every8dSendVerdict(int recipients) {
        this.recipients = recipients;
    }

    /** @param recipients of the send */
    static SendOutcome of(ProviderHttpResponse answer, String operation, int recipients) {
        if (answer instanceof ProviderHttpResponse.NothingSent nothing) {
            return new NotSent(Cause.UNREACHABLE, nothing.why(), "");
        }
        if (answer instanceof ProviderHttpResponse.LostResponse lostResponse) {
            return unconfirmed(lostResponse.why());
        }
        var whole = (ProviderHttpResponse.CompleteResponse) answer;
        var soap = SoapResponse.read(whole.body(), operation);
        if (soap instanceof SoapResponse.SoapResult soapResult) {
            return new Every8dSendVerdict(recipients)
                    .result(whole.status(), Every8dSendResultParser.read(soapResult.text()));
        }
        return soap instanceof SoapResponse.SoapFault soapFault
                ? fault(whole.status(), soapFault)
                : unconfirmed(whole.status() == 200 ? "malformed" : http(whole.status()));
    }

    private SendOutcome result(int status, Every8dSendResult result) {
        if (status != 200) {
            // HTTP status and result text contradict each other: neither is proof.
            return new Unconfirmed(http(status), "", batch(result));
        }
        if (result instanceof Every8dSendResult.TakenByProvider takenByProvider) {
            return accepted(takenByProvider);
        }
        if (result instanceof Every8dSendResult.ErrorLine errorLine) {
            return refused(errorLine.error());
        }
        return new Unconfirmed("malformed", "", batch(result));
    }

    private Accepted accepted(Every8dSendResult.TakenByProvider takenByProvider) {
        return new Accepted(
                takenByProvider.batch(),
                takenByProvider.credit(),
                takenByProvider.cost(),
                takenByProvider.unsent(),
                note(takenByProvider),
                results(takenByProvider));
    }

    /** Results only where all messages failed; of a part, only report rows say which. The batch id is valid either way. */
    private List<RecipientResult> results(Every8dSendResult.TakenByProvider takenByProvider) {
        return takenByProvider.sent() == 0 && takenByProvider.unsent() >= recipients
                ? Collections.nCopies(recipients, new RecipientResult(MessageState.REJECTED, null, NOTHING_SENT, ""))
                : List.of();
    }

    private static String note(Every8dSendResult.TakenByProvider takenByProvider) {
        if (takenByProvider.sent() == 0) {
            return NOTHING_SENT;
        }
        if (takenByProvider.unsent() > 0) {
            return "partial";
        }
        return takenByProvider.ambiguous() ? "ambiguous_cost" : "";
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

    private static SendOutcome fault(int status, SoapResponse.SoapFault soapFault) {
        if (status >= 400 && isUnknownOperation(soapFault)) {
            return new Rejected("not_supported_by_provider", Redactor.text(soapFault.text()));
        }
        return new Unconfirmed(
                status >= 400 ? http(status) : "fault", Redactor.text(soapFault.text()), Optional.empty());
    }

    /**
     * The ASP.NET faults: {@code Server did not recognize the value of HTTP Header SOAPAction: …} in SOAP 1.1,
     * {@code Unable to handle request. The action '…' was not recognized.} in SOAP 1.2.
     */
    static boolean isUnknownOperation(SoapResponse.SoapFault soapFault) {
        var text = soapFault.text().toLowerCase(Locale.ROOT);
        return says(text, "did not recognize", "soapaction")
                || says(text, "unable to handle request. the action ", "was not recognized");
    }

    private static boolean says(String text, String first, String then) {
        int at = text.indexOf(first);
        return at >= 0 && text.indexOf(then, at) > at;
    }

    private static Optional<String> batch(Every8dSendResult result) {
        if (result instanceof Every8dSendResult.TakenByProvider takenByProvider) {
            return Optional.of(takenByProvider.batch());
        }
        return result instanceof Every8dSendResult.Contradiction both ? Optional.of(both.batch()) : Optional.empty();
    }

    private static Unconfirmed unconfirmed(String code) {
        return new Unconfirmed(code, "", Optional.empty());
    }

    private static String http(int status) {
        return "http_" + status;
    }
}
