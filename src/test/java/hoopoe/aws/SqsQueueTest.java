package hoopoe.aws;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.aws.BatchCalls.BatchResult;
import hoopoe.aws.SqsQueue.QueueMessage;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.platform.Json;
import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The wire of {@code SendMessageBatch}, as the Amazon SQS API Reference shows it. */
class SqsQueueTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static SqsQueue queue(SocketPeer peer) {
        return new SqsQueue(
                peer.url().resolve("/123456789012/webhooks"),
                new AwsJsonClient(
                        AwsApi.SQS,
                        peer.url().resolve("/"),
                        LocalDynamo.REGION,
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("send", LocalDynamo.CREDENTIAL)),
                        AwsJsonClient.http()));
    }

    /** Answers one call after the other. */
    private static SocketPeer saying(String... answers) throws IOException {
        var left = new ArrayList<>(Arrays.asList(answers));
        return new SocketPeer(line -> {
            line.request();
            line.say(SocketPeer.http(200, "application/x-amz-json-1.0", left.remove(0)));
        });
    }

    private static String taken(int... ids) {
        return Json.text(Map.of(
                "Successful",
                IntStream.of(ids)
                        .mapToObj(id -> Map.of("Id", Integer.toString(id), "MessageId", "m", "MD5OfMessageBody", "x"))
                        .toList()));
    }

    private static List<QueueMessage> messages(int number) {
        return IntStream.range(0, number)
                .mapToObj(n -> new QueueMessage("body " + n, null))
                .toList();
    }

    @Test
    void messagesAreEntriesOfABatch() throws IOException {
        try (var peer = saying(taken(0, 1))) {
            var messages = List.of(new QueueMessage("{\"a\":\"é\"}", "wh_1"), new QueueMessage("two", null));

            assertThat(queue(peer).send(messages, LIMIT))
                    .isEqualTo(new BatchResult<>(messages, List.of(), Optional.empty()));

            var request = peer.requests().get(0);
            assertThat(request)
                    .startsWith("POST / HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nX-Amz-Target: AmazonSQS.SendMessageBatch\r\n")
                    .containsIgnoringCase("\r\nContent-Type: application/x-amz-json-1.0\r\n")
                    .contains("/" + LocalDynamo.REGION + "/sqs/aws4_request");
            assertThat(Json.tree(request.substring(request.indexOf("\r\n\r\n") + 4)))
                    .isEqualTo(Json.tree(
                            "{\"QueueUrl\":\"" + peer.url().resolve("/123456789012/webhooks") + "\",\"Entries\":["
                                    + "{\"Id\":\"0\",\"MessageBody\":\"{\\\"a\\\":\\\"é\\\"}\",\"MessageGroupId\":\"wh_1\"},"
                                    + "{\"Id\":\"1\",\"MessageBody\":\"two\"}]}"));
        }
    }

    @Test
    void whatSqsRefusesIsWrittenOtherwise() {
        var inner = Json.text(Map.of("text", "a\uFFFEb\uFFFFc\t\uFFFD😀"));
        var message = new QueueMessage(Json.text(Map.of("body", inner)), null);

        assertThat(message.body().codePoints())
                .allMatch(point ->
                        point >= 0x20 && point <= 0xD7FF || point >= 0xE000 && point <= 0xFFFD || point >= 0x10000);
        assertThat(Json.tree(message.body()).orElseThrow().path("body").asText())
                .isEqualTo(inner);
    }

    @Test
    void refusedMessagesAloneAreRepeated() throws IOException {
        var refusal = "{\"Successful\":[{\"Id\":\"2\"},{\"Id\":\"0\"}],\"Failed\":[{\"Id\":\"1\",\"SenderFault\":false,"
                + "\"Code\":\"InternalError\",\"Message\":\"canary\"}]}";
        try (var peer = saying(refusal, taken(0))) {
            assertThat(queue(peer).send(messages(3), LIMIT).taken()).containsExactlyInAnyOrderElementsOf(messages(3));
            assertThat(peer.requests()).hasSize(2);
            assertThat(peer.requests().get(1)).contains("body 1").doesNotContain("body 0", "body 2");
        }
    }

    @Test
    void aMessageOfWhichTheAnswerSaysNothingIsOwed() throws IOException {
        try (var peer = saying(taken(0), "{}", "{\"Failed\":[{\"Id\":\"0\",\"Code\":\"canary 1 2\"}]}")) {
            assertThat(queue(peer).send(messages(2), LIMIT))
                    .isEqualTo(new BatchResult<>(
                            messages(2).subList(0, 1), messages(2).subList(1, 2), Optional.of("malformed")));
        }
    }

    @Test
    void aQueueThatIsNotThereIsSaid() throws IOException {
        try (var peer = SocketPeer.saying(SocketPeer.http(
                400,
                "application/x-amz-json-1.0",
                "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"canary\"}"))) {
            assertThat(queue(peer).send(messages(11), LIMIT))
                    .isEqualTo(new BatchResult<>(List.of(), messages(11), Optional.of("QueueDoesNotExist")));
            assertThat(peer.requests()).hasSize(1);
        }
    }
}
