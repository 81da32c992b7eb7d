package hoopoe.local.smspanel;

import hoopoe.local.stage.Switches;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GetStatus. */
final class Statuses {
    /** The status of an id that no message has. */
    private static final int UNKNOWN = 0;

    private final Switches switches;
    private final SentMessages sentMessages;

    Statuses(Switches switches, SentMessages sentMessages) {
        this.switches = switches;
        this.sentMessages = sentMessages;
    }

    Php of(Account account, SoapCall call) {
        List<String> ids = call.texts("unique_ids");
        Switch.StatusShape shape = switches.get(Switch.StatusShape.class);
        Php result = shape == Switch.StatusShape.CODES
                ? codes(account, ids)
                : new Php.Listing(ids.stream()
                        .map(id -> named(shape, id, status(account, id)))
                        .toList());
        return ErrCode.done(call.operation(), Operations.array(switches, result));
    }

    private Php codes(Account account, List<String> ids) {
        Map<String, Php> codes = new LinkedHashMap<>();
        ids.forEach(id -> codes.put(id, new Php.Number(status(account, id))));
        return switches.is(Switch.IntegerKeys.LOST)
                ? new Php.Listing(List.copyOf(codes.values()))
                : new Php.Keyed(codes, true);
    }

    private static Php named(Switch.StatusShape shape, String id, int status) {
        Php number = new Php.Number(status);
        return switch (shape) {
            case CODES, ID_AND_STATUS -> Php.struct("id", new Php.Text(id), "status", number);
            case UID_AND_STATUS_ID -> Php.struct("uid", new Php.Text(id), "statusId", number);
            case ERR_CODE_AND_RESULT -> {
                Map<String, Php> entries = new LinkedHashMap<>();
                entries.put("unique_id", new Php.Text(id));
                entries.put("ErrCode", new Php.Number(0));
                entries.put("result", number);
                yield new Php.Keyed(entries, false);
            }
        };
    }

    private int status(Account account, String id) {
        return sentMessages.find(account, id).map(SentMessage::status).orElse(UNKNOWN);
    }
}
