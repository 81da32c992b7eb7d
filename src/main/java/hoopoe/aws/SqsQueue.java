package hoopoe.aws;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.aws.BatchCalls.BatchResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** A queue of Amazon SQS, to which messages are sent. */
public final class SqsQueue {

    private final BatchCalls<QueueMessage> calls;

    /**
     * @param url of the queue, as SQS says it: its host is where SQS is called
     */
    public static SqsQueue of(URI url, Config config) {
        return new SqsQueue(url, AwsJsonClient.of(AwsApi.SQS, url.resolve("/"), config));
    }

    public SqsQueue(URI url, AwsJsonClient client) {
        calls = new BatchCalls<>(client, new SendMessageBatch(url));
    }

    /**
     * @param body JSON. SQS refuses two characters that JSON permits (SendMessageBatch, "valid characters"); they go as escapes, and
     *     who reads the JSON does not see a difference
     * @param group of a FIFO queue: one message of it is worked off at a time; null in a standard queue
     */
    public record QueueMessage(String body, @Nullable String group) {

        public QueueMessage {
            body = body.replace("\uFFFE", "\\uFFFE").replace("\uFFFF", "\\uFFFF");
        }

        /** Without the body, which is not for logs. */
        @Override
        public String toString() {
            return "QueueMessage of " + group;
        }
    }

    /**
     * A message may come twice.
     *
     * @param limit for all calls with all tries
     */
    public BatchResult<QueueMessage> send(List<QueueMessage> messages, Duration limit) {
        return calls.give(messages, limit);
    }

    private record SendMessageBatch(URI queue) implements BatchOperation<QueueMessage> {

        @Override
        public String name() {
            return "SendMessageBatch";
        }

        @Override
        public int size(QueueMessage message) {
            return message.body().getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public Map<String, ?> request(List<QueueMessage> messages) {
            var entries = new ArrayList<Map<String, String>>();
            for (var message : messages) {
                var entry = new LinkedHashMap<String, String>();
                entry.put("Id", Integer.toString(entries.size()));
                entry.put("MessageBody", message.body());
                if (message.group() != null) {
                    entry.put("MessageGroupId", message.group());
                }
                entries.add(entry);
            }
            return Map.of("QueueUrl", queue.toString(), "Entries", entries);
        }

        @Override
        public boolean isTaken(JsonNode answer, int n) {
            return find(answer.path("Successful"), n).isObject();
        }

        @Override
        public String code(JsonNode answer, int n) {
            return find(answer.path("Failed"), n).path("Code").asText();
        }

        private static JsonNode find(JsonNode results, int n) {
            for (var result : results) {
                if (result.path("Id").asText().equals(Integer.toString(n))) {
                    return result;
                }
            }
            return results.path(-1);
        }
    }
}
