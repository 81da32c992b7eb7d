package hoopoe.local.smspanel;

import hoopoe.local.stage.Switches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The two kinds of send. */
final class Orders {
    private static final int MOST = 60;

    private final Switches switches;
    private final SentMessages sentMessages;
    private final Carrier carrier;

    Orders(Switches switches, SentMessages sentMessages, Carrier carrier) {
        this.switches = switches;
        this.sentMessages = sentMessages;
        this.carrier = carrier;
    }

    Php oneToMany(Account account, SoapCall call) {
        List<String> written = call.texts("toNum");
        String text = call.text("messageContent");
        Map<String, Integer> unique = unique(written);
        int refusal = refusal(account, call, written.size(), unique.size());
        if (refusal != 0) {
            return ErrCode.of(call.operation(), refusal);
        }
        Map<String, Php> ids = new LinkedHashMap<>();
        unique.forEach(
                (number, place) -> ids.put(key(number, place), id(send(call, account, written.get(place), text))));
        return switches.is(Switch.SendError.CALL_BUT_SENT)
                ? ErrCode.of(call.operation(), ErrCode.SEND_ERROR)
                : ErrCode.done(call.operation(), ids(ids));
    }

    Php peerToPeer(Account account, SoapCall call) {
        List<String> written = call.texts("toNums");
        List<String> texts = call.texts("messageContents");
        int refusal = written.size() != texts.size()
                ? ErrCode.LENGTHS
                : refusal(account, call, written.size(), unique(written).size());
        if (refusal != 0) {
            return ErrCode.of(call.operation(), refusal);
        }
        List<Php> each = new ArrayList<>();
        for (int place : places(written)) {
            each.add(
                    switches.is(Switch.SendError.EVERY_SECOND) && place % 2 == 1
                            ? ErrCode.of(call.operation(), ErrCode.SEND_ERROR)
                            : sent(call, send(call, account, written.get(place), texts.get(place))));
        }
        return switches.is(Switch.SendError.CALL_BUT_SENT)
                ? ErrCode.of(call.operation(), ErrCode.SEND_ERROR)
                : each(call, each);
    }

    /** 0 for none. */
    private int refusal(Account account, SoapCall call, int written, int unique) {
        if (!account.owns(call.text("fromNum"))) {
            return ErrCode.FOREIGN_SENDER;
        }
        if ((switches.is(Switch.Limit.BEFORE_REPEATS) ? written : unique) > MOST) {
            return ErrCode.TOO_MANY;
        }
        return switches.is(Switch.SendError.CALL_NOT_SENT) ? ErrCode.SEND_ERROR : 0;
    }

    private SentMessage send(SoapCall call, Account account, String to, String text) {
        SentMessage message = sentMessages.add(call, account, call.text("fromNum"), to, text);
        account.take(1);
        carrier.take(message);
        return message;
    }

    /** Where each number stands first. */
    private static Map<String, Integer> unique(List<String> written) {
        Map<String, Integer> unique = new LinkedHashMap<>();
        for (int i = 0; i < written.size(); i++) {
            unique.putIfAbsent(Mobile.canonical(written.get(i)), i);
        }
        return unique;
    }

    private List<Integer> places(List<String> written) {
        if (switches.is(Switch.Repeats.IN_BOTH)) {
            return List.copyOf(unique(written).values());
        }
        List<Integer> all = new ArrayList<>();
        written.forEach(number -> all.add(all.size()));
        return all;
    }

    private String key(String number, int place) {
        return switches.is(Switch.SendIds.BY_NUMBER)
                ? Mobile.parse(number).map(Mobile::international).orElse(number)
                : Integer.toString(place);
    }

    private Php ids(Map<String, Php> ids) {
        if (ids.size() == 1 && switches.is(Switch.OneId.ALONE)) {
            return ids.values().iterator().next();
        }
        boolean keyed = !switches.is(Switch.SendIds.LIST);
        Php list = new Php.Listing(List.copyOf(ids.values()));
        return Operations.array(switches, keyed ? new Php.Keyed(ids, switches.is(Switch.SendIds.BY_INDEX)) : list);
    }

    private Php sent(SoapCall call, SentMessage message) {
        Php id = new Php.Text(Long.toString(message.id()));
        return switches.is(Switch.Each.UNDER_ONE) ? id : ErrCode.done(call.operation(), id);
    }

    private Php each(SoapCall call, List<Php> each) {
        Optional<Php> under = switches.is(Switch.Each.UNDER_ONE)
                ? Optional.of(ErrCode.done(call.operation(), Operations.array(switches, new Php.Listing(each))))
                : Optional.empty();
        return under.orElseGet(() -> switches.is(Switch.Each.BY_INDEX) ? indexed(each) : new Php.Listing(each));
    }

    private static Php indexed(List<Php> each) {
        Map<String, Php> entries = new LinkedHashMap<>();
        each.forEach(one -> entries.put(Integer.toString(entries.size()), one));
        return new Php.Keyed(entries, true);
    }

    private static Php id(SentMessage message) {
        return new Php.Number(message.id());
    }
}
