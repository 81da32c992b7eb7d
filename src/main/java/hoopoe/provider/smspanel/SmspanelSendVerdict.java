package hoopoe.provider.smspanel;

import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.observability.Redactor;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.xml.RpcResponse;
import hoopoe.provider.xml.RpcValue;
import hoopoe.provider.xml.RpcValue.Entries;
import hoopoe.provider.xml.RpcValue.Items;
import hoopoe.provider.xml.RpcValue.Nothing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Decides what the answer to a send proves (decisions 3 and 8). Without proof the send is unconfirmed. */
final class SmspanelSendVerdict {

    private static final int OK = 200;

    private final List<PhoneNumber> to;

    private SmspanelSendVerdict(List<PhoneNumber> to) {
        this.to = to;
    }

    /** @param to in sending order */
    static SendOutcome of(ProviderHttpResponse answer, List<PhoneNumber> to) {
        if (answer instanceof ProviderHttpResponse.NothingSent nothing) {
            return new NotSent(Cause.UNREACHABLE, nothing.why(), "");
        }
        return answer instanceof ProviderHttpResponse.LostResponse lostResponse
                ? unconfirmed(lostResponse.why())
                : new SmspanelSendVerdict(to).of((ProviderHttpResponse.CompleteResponse) answer);
    }

    private SendOutcome of(ProviderHttpResponse.CompleteResponse whole) {
        var answer = RpcResponse.read(whole.body(), whole.contentType());
        if (answer instanceof RpcResponse.RpcFault rpcFault) {
            return fault(rpcFault);
        }
        if (whole.status() != OK) {
            // HTTP status and body contradict each other: neither is proof.
            return unconfirmed("http_" + whole.status());
        }
        return answer instanceof RpcResponse.RpcResult rpcResult
                ? returned(rpcResult.value())
                : unconfirmed("malformed");
    }

    private static SendOutcome fault(RpcResponse.RpcFault rpcFault) {
        var text = Redactor.text(rpcFault.text());
        return rpcFault.isCallers() ? new Rejected("fault", text) : new Unconfirmed("fault", text, Optional.empty());
    }

    private SendOutcome returned(RpcValue value) {
        var code = SmspanelError.code(value);
        if (code.isEmpty()) {
            return each(value);
        }
        var result = value instanceof Entries entries
                ? entries.get(SmspanelError.RESULT).orElse(new Nothing()).structured()
                : new Nothing();
        if (code.get().equals("0")) {
            return accepted(new SmspanelSendResults(to, true).of(result));
        }
        var error = SmspanelError.of(code.get(), value);
        // An error has words; ids are of messages that were accepted.
        return members(result).stream().anyMatch(SmspanelSendResults::isId)
                ? new Unconfirmed(error.code(), error.text(), Optional.empty())
                : refused(error);
    }

    /** A list without a result for the whole call: one answer per recipient, or one error repeated any number of times. */
    private SendOutcome each(RpcValue value) {
        var one = sameError(value);
        if (one.isPresent()) {
            return refused(one.get());
        }
        var results = new SmspanelSendResults(to, false).of(value);
        return results.stream().allMatch(result -> result.code().equals("malformed"))
                ? unconfirmed("malformed")
                : accepted(results);
    }

    private static Optional<SmspanelError> sameError(RpcValue value) {
        var each = members(value);
        var codes = each.stream().map(SmspanelError::code).distinct().toList();
        return codes.size() == 1
                ? codes.get(0).filter(code -> !code.equals("0")).map(code -> SmspanelError.of(code, each.get(0)))
                : Optional.empty();
    }

    private static List<RpcValue> members(RpcValue value) {
        if (value instanceof Items items) {
            return items.items();
        }
        return value instanceof Entries entries ? List.copyOf(entries.entries().values()) : List.of();
    }

    private static SendOutcome accepted(List<RecipientResult> results) {
        var reference = results.stream()
                .map(RecipientResult::id)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        var isWithoutId =
                results.stream().anyMatch(result -> result.state() == MessageState.SUBMITTED && result.id() == null);
        return new Accepted(reference, null, null, 0, isWithoutId ? "ids_unknown" : "", List.copyOf(results));
    }

    private static SendOutcome refused(SmspanelError error) {
        if (error.isUnknownUser()) {
            return new NotSent(Cause.REFUSED, error.code(), error.text());
        }
        return error.isRefusal()
                ? new Rejected(error.code(), error.text())
                : new Unconfirmed(error.code(), error.text(), Optional.empty());
    }

    private static Unconfirmed unconfirmed(String code) {
        return new Unconfirmed(code, "", Optional.empty());
    }
}
