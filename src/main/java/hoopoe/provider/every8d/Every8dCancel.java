package hoopoe.provider.every8d;

import hoopoe.provider.CancelOutcome;
import hoopoe.provider.CancelOutcome.CancelledMessages;
import hoopoe.provider.CancelOutcome.NoResult;
import hoopoe.provider.every8d.Every8dError.Every8dRefusal;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.xml.SoapMessage;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** {@code eraseBooking} (document §4.2): {@code 2,2.00} = deleted, points back; empty = no data. A public client's errors look alike. */
final class Every8dCancel implements Every8dQuery<CancelOutcome> {

    private static final Pattern ERASED = Pattern.compile("(\\d{1,9})\\s*,\\s*(\\d{1,15}(?:\\.\\d{1,6})?)");

    private final String reference;

    Every8dCancel(String reference) {
        this.reference = reference;
    }

    @Override
    public String operation() {
        return "eraseBooking";
    }

    @Override
    public SoapMessage message(SessionKey key) {
        return Every8dClient.message(operation(), key).with("batchID", reference);
    }

    @Override
    public CancelOutcome read(String text) throws Every8dRefusal {
        var result = text.strip();
        if (result.isEmpty()) {
            return new NoResult("", "");
        }
        try {
            refuse(result);
        } catch (Every8dRefusal refusal) {
            return noResult(refusal);
        }
        var erased = ERASED.matcher(result);
        if (!erased.matches()) {
            throw malformed();
        }
        return new CancelledMessages(Integer.parseInt(erased.group(1)), new BigDecimal(erased.group(2)));
    }

    /** {@code -4,發送資料為刪除狀態或已經送出} is about this batch; the other errors are about the session or the server. */
    private static NoResult noResult(Every8dRefusal refusal) throws Every8dRefusal {
        var error = refusal.error();
        if (error.isDeadSession() || error.isCredentials() || error.isBusy() || error.isUnknown()) {
            throw refusal;
        }
        return new NoResult(error.code(), error.text());
    }
}
