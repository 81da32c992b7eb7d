package hoopoe.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.aws.AwsApi;
import hoopoe.aws.AwsJsonClient;
import hoopoe.aws.SqsQueue;
import hoopoe.event.EndpointHealth;
import hoopoe.event.EndpointState;
import hoopoe.event.WebhookEndpoint;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.iam.Guard;
import hoopoe.local.queue.LocalQueue;
import hoopoe.local.queue.QueuePump;
import hoopoe.local.template.QueueDefinition;
import hoopoe.platform.Json;
import hoopoe.testing.Await;
import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** By a real queue, and as many functions at once as the template lets there be. */
@Timeout(300)
class DeadEndpointTest {

    private static final int FUNCTIONS = 10;
    private static final int CALLS = 4; // of one endpoint
    private static final int WAITING = 5_000;
    private static final int PARKED = 200;
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final QueueDefinition MAPPING = new QueueDefinition(1, FUNCTIONS, true, Duration.ofSeconds(60), 5);

    private final WebhookStage stage = new WebhookStage(Duration.ofMinutes(2)); // the test ends the calls
    private final AtomicInteger held = new AtomicInteger();

    /** Does not answer while far more are waiting than there are functions. */
    @Test
    void delaysNoEventOfAnother() throws Exception {
        BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        var givesUp = new CountDownLatch(1);
        try (var silent = new SocketPeer(line -> {
                    line.request();
                    held.incrementAndGet();
                    await(givesUp);
                    line.say(SocketPeer.http(500, "text/plain", ""));
                });
                var lively = new SocketPeer(line -> {
                    arrived.add(line.request());
                    line.say(SocketPeer.http(200, "text/plain", ""));
                });
                var queue = LocalQueue.start(MAPPING, 0, Guard.NONE)) {
            var dead = stage.register(silent.url());
            var other = stage.register(lively.url());
            send(queue, dead, WAITING);
            var pump = QueuePump.start(queue, MAPPING, this::invoke);
            try {
                Await.until("all calls there may be", held::get, calls -> calls == CALLS);
                for (int n = 0; n < 10; n++) {
                    send(queue, other, 1);
                    assertThat(arrived.poll(1, TimeUnit.MINUTES))
                            .as("event %s", n)
                            .isNotNull();
                }
                assertThat(held).as("no call ended, and none began").hasValue(CALLS);

                givesUp.countDown();
                Await.until(
                        "failing",
                        () -> stage.endpoint(dead).health().state(),
                        state -> state == EndpointState.FAILING);
                Await.until(
                        "parked without a call",
                        () -> stage.deliveries.parked(dead.id(), PARKED).size(),
                        parked -> parked == PARKED);
                assertThat(held).hasValueLessThan(EndpointHealth.FAILING_AFTER + CALLS);
            } finally {
                pump.close();
            }
        } finally {
            stage.close();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException(); // the peer is closed
        }
    }

    @Test
    void aMessageThatCanNeverBeProcessedIsSetAside() throws Exception {
        var hasty = new QueueDefinition(1, 2, true, Duration.ofSeconds(1), 2);
        try (var queue = LocalQueue.start(hasty, 0, Guard.NONE)) {
            var pump = QueuePump.start(queue, hasty, this::invoke);
            queue(queue).send(List.of(new SqsQueue.QueueMessage("{}", "g")), MOST);
            var aside = Await.until("set aside", queue::dead, bodies -> !bodies.isEmpty());
            pump.close();
            assertThat(aside).containsExactly("{}");
        } finally {
            stage.close();
        }
    }

    private void send(LocalQueue queue, WebhookEndpoint endpoint, int events) {
        var messages = new ArrayList<SqsQueue.QueueMessage>();
        for (int n = 0; n < events; n++) {
            messages.add(QueuedEvent.first(stage.event(endpoint.id() + n + System.nanoTime()), endpoint)
                    .message(CALLS));
        }
        assertThat(queue(queue).send(messages, Duration.ofMinutes(2)).owed()).isEmpty();
    }

    private static SqsQueue queue(LocalQueue queue) {
        var url = URI.create(queue.url());
        return new SqsQueue(
                url,
                new AwsJsonClient(
                        AwsApi.SQS,
                        url.resolve("/"),
                        LocalDynamo.REGION,
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("publish", LocalDynamo.CREDENTIAL)),
                        AwsJsonClient.http()));
    }

    private Optional<byte[]> invoke(byte[] event) {
        try {
            var batch = new ObjectMapper().readValue(event, WebhookFunction.QueueEvent.class);
            return Optional.of(Json.text(stage.function.webhook(batch)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
