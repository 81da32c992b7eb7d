package hoopoe.local.text421;

import hoopoe.local.stage.CallbackClient;
import hoopoe.local.stage.Switches;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells partners of received SMS and deliveries. One that is not answered by 200 and {@code OK} comes again every hour for a day
 * (providers.md B3, facts 41 and 42).
 */
final class CallbackSender implements AutoCloseable {
    private static final int LANES = 4;
    private static final int REPEATS = 24;
    private static final int KEPT = 10_000;

    private final Switches switches;
    private final Consumer<Runnable> again;
    private final CallbackClient line = new CallbackClient();
    private final ExecutorService lanes;
    private final List<URI> due = new ArrayList<>();
    private final Deque<CallbackAttempt> attempts = new ArrayDeque<>();

    /**
     * @param again runs something after the time between repeats
     * @param name of the threads
     */
    CallbackSender(Switches switches, Consumer<Runnable> again, String name) {
        this.switches = switches;
        this.again = again;
        this.lanes = Executors.newFixedThreadPool(LANES, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
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

    private synchronized void push(Account account, Map<String, String> parameters) {
        if (switches.is(Switch.Pushes.ON)) {
            String query = parameters.entrySet().stream()
                    .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                    .collect(Collectors.joining("&"));
            account.callback().ifPresent(base -> due.add(URI.create(base + "?" + query)));
        }
    }

    private String encoded(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return switches.is(Switch.PushBlank.PLUS) ? encoded : encoded.replace("+", "%20");
    }

    /** Sends the callbacks that have become due since the last call. */
    synchronized void flush() {
        for (URI url : due) {
            submit(url, 1);
            if (switches.is(Switch.PushTimes.TWICE)) {
                submit(url, 1);
            }
        }
        due.clear();
    }

    synchronized List<CallbackAttempt> attempts() {
        return List.copyOf(attempts);
    }

    private void submit(URI url, int number) {
        if (!lanes.isShutdown()) {
            lanes.execute(() -> attempt(url, number));
        }
    }

    private void attempt(URI url, int number) {
        CallbackAttempt attempt = new CallbackAttempt(url, number, line.get(url));
        keep(attempt);
        if (!attempt.taken() && number <= REPEATS) {
            again.accept(() -> submit(url, number + 1));
        }
    }

    private synchronized void keep(CallbackAttempt attempt) {
        attempts.addLast(attempt);
        if (attempts.size() > KEPT) {
            attempts.removeFirst();
        }
    }

    @Override
    public void close() {
        lanes.shutdownNow();
        line.close();
    }
}
