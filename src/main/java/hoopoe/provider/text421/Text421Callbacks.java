package hoopoe.provider.text421;

import hoopoe.message.StatusFact;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackContent.DeliveryCallback;
import hoopoe.provider.CallbackContent.ReplyCallback;
import hoopoe.provider.CallbackContent.UnreadableCallback;
import hoopoe.provider.CallbackParameters;
import hoopoe.provider.CallbackRequest;
import hoopoe.provider.Charsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads text421's callbacks, as their help pages show them: a received SMS ({@code 2wayGet}),
 * {@code ?id=23&rcv_msg_id=25481979&time=2014-07-18%2000:35:00&msisdn=421905123456&text=Test&source=7401&type=sms&operator=M},
 * or a delivery report ({@code deliveryGetPush}), {@code ?id=122231&time=2012-10-18%2022:10:11&status=2}.
 */
final class Text421Callbacks {

    private static final Pattern STATUS = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private static final int LONGEST_ID = 64;

    private final CallbackParameters parameters;

    private Text421Callbacks(CallbackParameters parameters) {
        this.parameters = parameters;
    }

    static CallbackContent read(CallbackRequest request) {
        return new Text421Callbacks(CallbackParameters.of(request, Charsets.WINDOWS_1250)).read();
    }

    private CallbackContent read() {
        if (id().length() > LONGEST_ID) {
            return new UnreadableCallback("id");
        }
        if (!get("msisdn").isEmpty() || !get("source").isEmpty()) {
            return received();
        }
        return get("status").isEmpty() ? new UnreadableCallback("neither a received SMS nor a delivery") : delivery();
    }

    private CallbackContent delivery() {
        var status = get("status");
        if (id().isEmpty()) {
            return new UnreadableCallback("id");
        }
        return STATUS.matcher(status).matches()
                ? new DeliveryCallback(
                        id(),
                        Optional.empty(),
                        null,
                        Text421Status.fact(status, Text421Client.TIMES.read(get("time")), StatusFact.Source.CALLBACK),
                        null,
                        CallbackParameters.identity("delivery", id(), status))
                : new UnreadableCallback("status");
    }

    private CallbackContent received() {
        var text = parameters.get("text").strip();
        var receivedId = get("rcv_msg_id");
        if (!receivedId.isEmpty() && !ReceivedId.isValid(receivedId)) {
            return new UnreadableCallback("rcv_msg_id");
        }
        return new ReplyCallback(
                Optional.empty(),
                Optional.empty(),
                Text421Numbers.ofMsisdn(get("msisdn")).orElse(null),
                Text421Client.TIMES.read(get("time")),
                text,
                sameness(receivedId),
                // An SMS to a service without charge has none, and a charged message cannot answer it.
                Optional.of(receivedId).filter(id -> !id.isEmpty()),
                Optional.of(get("source")).filter(number -> !number.isEmpty()),
                sameness(receivedId)
                        .map(CallbackParameters::identity)
                        .orElseGet(() -> CallbackParameters.identity(get("msisdn"), get("source"), get("time"), text)),
                true);
    }

    /** The id that repeats share: {@code rcv_msg_id}, else {@code id}. The two are different number ranges. */
    private Optional<String> sameness(String receivedId) {
        if (!receivedId.isEmpty()) {
            return Optional.of("rcv_msg_id " + receivedId);
        }
        return Optional.of(id()).filter(id -> !id.isEmpty()).map(id -> "id " + id);
    }

    private String id() {
        return get("id");
    }

    private String get(String name) {
        return parameters.get(name).strip();
    }
}
