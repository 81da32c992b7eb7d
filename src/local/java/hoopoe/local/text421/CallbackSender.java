package hoopoe.local.text421;

import hoopoe.local.stage.CallbackClient;
import hoopoe.local.stage.CallbackRepeater;
import hoopoe.local.stage.Switches;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells partners of received SMS and deliveries. One that is not answered by 200 and {@code OK} comes again every hour for a day
 * (help pages {@code 2wayGet}, {@code deliveryGetPush}).
 */
final class CallbackSender extends CallbackRepeater {
    private static final int REPEATS = 24;

    private final Switches switches;

    CallbackSender(Switches switches, Consumer<Runnable> again, String name) {
        super(name, REPEATS, true, again);
        this.switches = switches;
    }

    /** {@code 2wayGet}. */
    void received(Account account, ReceivedMessage sms) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("id", Long.toString(sms.id()));
        if (!sms.receivedId().isEmpty()) {
            all.put("rcv_msg_id", sms.receivedId());
        }
        all.put("time", BratislavaTime.write(sms.at()));
        all.put("msisdn", sms.msisdn());
        all.put("text", sms.text());
        all.put("source", sms.source());
        all.put("type", "sms");
        all.put("operator", MobileNetworks.of(sms.msisdn()).orElse("O"));
        push(account, all);
    }

    /** {@code deliveryGetPush}. */
    void settled(Account account, SentMessage sentMessage) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("id", sentMessage.id());
        if (switches.is(Switch.PushReceivedId.REPEATED)) {
            all.put("rcv_msg_id", sentMessage.recipient().receivedId());
        }
        all.put("time", BratislavaTime.write(sentMessage.settledAt()));
        all.put("status", Integer.toString(sentMessage.status()));
        push(account, all);
    }

    private void push(Account account, Map<String, String> parameters) {
        if (switches.is(Switch.Pushes.ON)) {
            String query = parameters.entrySet().stream()
                    .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                    .collect(Collectors.joining("&"));
            account.callback().ifPresent(base -> add(URI.create(base + "?" + query)));
        }
    }

    private String encoded(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return switches.is(Switch.PushBlank.PLUS) ? encoded : encoded.replace("+", "%20");
    }

    /** 200 and a body of {@code OK}, and nothing else. */
    @Override
    protected boolean isTaken(CallbackClient.Answer answer) {
        return answer.status() == 200 && answer.body().strip().equals("OK");
    }

    @Override
    protected boolean isTwice() {
        return switches.is(Switch.PushTimes.TWICE);
    }
}
