package hoopoe.provider.every8d;

import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackContent.DeliveryCallback;
import hoopoe.provider.CallbackContent.ReplyCallback;
import hoopoe.provider.CallbackContent.UnreadableCallback;
import hoopoe.provider.CallbackParameters;
import hoopoe.provider.CallbackRequest;
import hoopoe.provider.Charsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the active report (document §3.1), also in the longer form that a public client shows:
 * {@code ?BatchID=…&RM=%2b886987654321&RT=20180101120002&STATUS=100&SM=Hello%2c+…&ST=…&MR=1&SUBJECT=…}. Only STATUS 999 is a
 * reply; with any other, SM contains the original text.
 */
final class Every8dCallbacks {

    private static final Pattern STATUS = Pattern.compile("-?\\d{1,9}");
    private static final int LONGEST_REFERENCE = 64;

    private final String batch;
    private final String mobile;
    private final String status;
    private final String time;
    private final CallbackParameters parameters;

    private Every8dCallbacks(CallbackParameters parameters) {
        this.parameters = parameters;
        this.batch = parameters.get("BatchID").strip();
        this.mobile = mobile(parameters.get("RM"));
        this.status = parameters.get("STATUS").strip();
        this.time = parameters.get("RT").strip();
    }

    static CallbackContent read(CallbackRequest request) {
        return new Every8dCallbacks(CallbackParameters.of(request, Charsets.BIG5)).read();
    }

    private CallbackContent read() {
        if (!STATUS.matcher(status).matches()) {
            return new UnreadableCallback("status");
        }
        if (batch.length() > LONGEST_REFERENCE) {
            return new UnreadableCallback("batch_id");
        }
        if (status.equals(Every8dStatus.REPLY)) {
            return reply();
        }
        return batch.isEmpty() && token().isEmpty() ? new UnreadableCallback("batch_id") : delivery();
    }

    private DeliveryCallback delivery() {
        return new DeliveryCallback(
                batch,
                token(),
                number(),
                Every8dStatus.fact(status, Every8dClient.TIMES.read(time), null, StatusFact.Source.CALLBACK),
                Every8dClient.TIMES.read(parameters.get("ST")),
                identity(""));
    }

    private CallbackContent reply() {
        var text = parameters.get("SM").strip();
        return new ReplyCallback(
                Optional.of(batch).filter(id -> !id.isEmpty()),
                token(),
                number(),
                Every8dClient.TIMES.read(time),
                text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                identity(text),
                false);
    }

    private Optional<String> token() {
        return Every8dSubject.token(parameters.get("SUBJECT"));
    }

    private @Nullable PhoneNumber number() {
        return Every8dNumbers.read(mobile).orElse(null);
    }

    private String identity(String text) {
        var number = number();
        return CallbackParameters.identity(
                batch.toLowerCase(Locale.ROOT),
                parameters.get("MR").strip(),
                number == null ? mobile : number.e164(),
                status,
                time,
                text);
    }

    /** A leading blank was an unescaped plus. */
    private static String mobile(String written) {
        return written.startsWith(" ") ? '+' + written.strip() : written.strip();
    }
}
