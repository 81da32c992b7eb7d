package hoopoe.local.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import hoopoe.local.stage.Control;
import hoopoe.local.stage.FixedJob;
import hoopoe.local.stage.MovableClock;
import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireServer;
import hoopoe.local.wire.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A receiver of webhooks on 127.0.0.1. It takes a POST at any path and answers 200, or 401 where the signature is of none of the secrets
 * that it was told; before it is told one, it takes all. People with curl tell it a secret at {@code POST /_sim/secrets}, see at {@code
 * GET /_sim/webhooks} what came, without the first n by {@code ?after=n}, and find at {@code GET /_sim} what else they can ask and change.
 */
public final class WebhookReceiver implements AutoCloseable {

    /** The name of a POST in plans of faults and in the wire log. */
    public static final String OPERATION = "webhook";

    private static final String RECEIVED = "GET /_sim/webhooks";
    private static final String AFTER = "after=";
    private static final int KEPT = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MovableClock clock = new MovableClock(Clock.systemUTC(), () -> {});
    private final Faults faults = new Faults();
    private final KnownSecrets secrets = new KnownSecrets();
    private final Deque<ReceivedWebhook> received = new ArrayDeque<>();
    private final WireServer server;

    private WebhookReceiver(int port) {
        server = WireServer.bind(port, this::receive).begin();
    }

    /** @param port 0 for a free one */
    public static WebhookReceiver start(int port) {
        return new WebhookReceiver(port);
    }

    /** To be registered, with a slash at its end. */
    public String url() {
        return server.address() + '/';
    }

    /**
     * Signatures by this secret are good too from now on.
     *
     * @param secret {@code whsec_…}
     */
    public void learn(String secret) {
        secrets.add(secret);
    }

    /** In the order in which they were answered; the last 10,000. */
    public List<ReceivedWebhook> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Of {@link #OPERATION}. */
    public Faults faults() {
        return faults;
    }

    /** For faults before a request is read. */
    public WireServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }

    private Job receive(Request request) {
        if ((request.method() + ' ' + request.path()).equals(RECEIVED)) {
            return new FixedJob("", shown(request.query()));
        } else if (Control.leadsHere(request)) {
            return new Control(server.log(), Switches.none(), faults, clock, new Own()).receive(request);
        }
        return request.method().equals("POST")
                ? new Post(request)
                : new FixedJob("other", Answer.of(405, "text/plain", "This takes POST.\n"));
    }

    private void keep(ReceivedWebhook webhook) {
        synchronized (received) {
            received.addLast(webhook);
            if (received.size() > KEPT) {
                received.removeFirst();
            }
        }
    }

    private Object forget() {
        synchronized (received) {
            received.clear();
        }
        return Map.of();
    }

    private Answer shown(String query) {
        var all = JSON.createArrayNode();
        received().stream()
                .skip(query.matches(AFTER + "\\d{1,9}") ? Long.parseLong(query.substring(AFTER.length())) : 0)
                .map(WebhookReceiver::shown)
                .forEach(all::add);
        return Answer.of(200, "application/json", all.toPrettyString() + '\n');
    }

    private static JsonNode shown(ReceivedWebhook webhook) {
        return JSON.createObjectNode()
                .put("at", webhook.at().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("path", webhook.request().target())
                .put("webhook-id", webhook.header("webhook-id"))
                .put("webhook-timestamp", webhook.header("webhook-timestamp"))
                .put("webhook-signature", webhook.header("webhook-signature"))
                .put("signature", webhook.signature().label())
                .put("answered", webhook.answered())
                .set("body", json(webhook.body()));
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(body);
        }
    }

    /** One request, with the fault that is planned for it. */
    private final class Post implements Job, Work {

        private final Request request;
        private final SignatureVerdict signature;

        private Post(Request request) {
            this.request = request;
            this.signature = secrets.check(request, clock.instant());
        }

        @Override
        public String operation() {
            return OPERATION;
        }

        @Override
        public Answer answer() {
            var answer = faults.take(OPERATION).map(fault -> fault.strike(this)).orElseGet(this::carryOut);
            keep(new ReceivedWebhook(request, signature, answer.status()));
            return answer;
        }

        @Override
        public Answer carryOut() {
            return plain(signature.isTaken() ? 200 : 401, "");
        }

        @Override
        public Answer saying(String result) {
            return plain(200, result);
        }

        /** By HTTP status. */
        @Override
        public Answer refusing(int code) {
            return plain(code, "");
        }

        @Override
        public Answer failing(String message) {
            return plain(500, message);
        }

        @Override
        public void pause(Duration time) {
            server.pause(time);
        }

        private static Answer plain(int status, String text) {
            return Answer.of(status, "text/plain; charset=utf-8", text);
        }
    }

    private final class Own implements Control.Own {

        @Override
        public List<String> operations() {
            return List.of(OPERATION);
        }

        @Override
        public List<String> index() {
            return List.of(
                    RECEIVED + "?after=<number of webhooks that are known>, DELETE /_sim/webhooks",
                    "POST, DELETE /_sim/secrets {\"secret\": \"whsec_…\"}, as the responses to a registration and a rotation are",
                    "POST /_sim/faults {\"operation\": \"webhook\", \"fault\": \"refuses\", \"code\": 410},"
                            + " {…, \"fault\": \"redirects\", \"text\": \"http://169.254.169.254/\"}, {…, \"fault\": \"endless\"}");
        }

        @Override
        public Object answer(String what, JsonNode body) {
            return switch (what) {
                case "DELETE /_sim/webhooks" -> forget();
                case "POST /_sim/secrets" -> learned(Control.text(body, "secret"));
                case "DELETE /_sim/secrets" -> cleared();
                default -> throw Control.nothing();
            };
        }

        private Object learned(String secret) {
            learn(secret);
            return Map.of("known", secrets.count());
        }

        private Object cleared() {
            secrets.clear();
            return Map.of();
        }
    }
}
