package hoopoe.local.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.local.aws.AwsEndpoint;
import hoopoe.local.aws.AwsRefusal;
import hoopoe.local.aws.AwsServer;
import hoopoe.local.iam.Arn;
import hoopoe.local.iam.Guard;
import hoopoe.local.template.QueueDefinition;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A FIFO queue with its dead-letter queue, as the template has them. Functions send to it by {@code SendMessageBatch}, signed and with
 * the permission of their role; the mapping takes from it.
 */
public final class LocalQueue extends AwsServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ElasticMq elasticMq = ElasticMq.shared();
    private final String name;
    private final String dead;
    private final String arn;
    private final Guard guard;
    private final AwsEndpoint endpoint;

    private LocalQueue(QueueDefinition definition, int port, Guard guard) {
        super(port);
        this.guard = guard;
        var id = UUID.randomUUID().toString();
        name = "webhooks-" + id + ".fifo";
        dead = "dead-" + id + ".fifo";
        arn = Arn.queue("webhooks");
        elasticMq.call("CreateQueue", Map.of("QueueName", dead, "Attributes", Map.of("FifoQueue", "true")));
        elasticMq.call("CreateQueue", Map.of("QueueName", name, "Attributes", attributes(definition)));
        endpoint = new AwsEndpoint("sqs", "AmazonSQS", "1.0", Clock.systemUTC(), this::answer);
    }

    /** @param port 0 for a free one */
    public static LocalQueue start(QueueDefinition definition, int port, Guard guard) {
        var queue = new LocalQueue(definition, port, guard);
        queue.begin();
        return queue;
    }

    @Override
    protected Job receive(Request request) {
        return operation(endpoint, request);
    }

    private Map<String, String> attributes(QueueDefinition definition) {
        return Map.of(
                "FifoQueue",
                "true",
                "ContentBasedDeduplication",
                "true",
                "VisibilityTimeout",
                Long.toString(definition.visibility().toSeconds()),
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:elasticmq:" + ElasticMq.ACCOUNT + ':' + dead
                        + "\",\"maxReceiveCount\":\"" + definition.receives() + "\"}");
    }

    /** For {@code hoopoe.webhooks.queue}. */
    @Override
    public String url() {
        return super.url() + '/' + ElasticMq.ACCOUNT + '/' + name;
    }

    /** At most so many messages that nobody else has now: of each group those that follow each other. Waits a second for the first. */
    List<JsonNode> receive(int most) {
        var messages = new ArrayList<JsonNode>();
        elasticMq
                .call(
                        "ReceiveMessage",
                        Map.of("QueueUrl", elasticMq.queue(name), "MaxNumberOfMessages", most, "WaitTimeSeconds", 1))
                .path("Messages")
                .forEach(messages::add);
        return messages;
    }

    void delete(JsonNode message) {
        elasticMq.call(
                "DeleteMessage",
                Map.of(
                        "QueueUrl",
                        elasticMq.queue(name),
                        "ReceiptHandle",
                        message.path("ReceiptHandle").asText()));
    }

    /** The bodies of what could not be processed, so long as nobody else asks. */
    public List<String> dead() {
        var bodies = new ArrayList<String>();
        elasticMq
                .call("ReceiveMessage", Map.of("QueueUrl", elasticMq.queue(dead), "MaxNumberOfMessages", 10))
                .path("Messages")
                .forEach(message -> bodies.add(message.path("Body").asText()));
        return bodies;
    }

    @Override
    public void close() {
        super.close();
        for (var queue : List.of(name, dead)) {
            elasticMq.call("DeleteQueue", Map.of("QueueUrl", elasticMq.queue(queue)));
        }
    }

    private JsonNode answer(String principal, String operation, JsonNode body) {
        if (!operation.equals("SendMessageBatch")) {
            throw new AwsRefusal("UnknownOperationException", "");
        }
        if (!guard.allows(principal, "sqs:SendMessage", arn)) {
            throw new AwsRefusal("AccessDeniedException", Arn.denial(principal, "sqs:SendMessage", arn));
        }
        if (!body.path("QueueUrl").asText().equals(url())) {
            throw new AwsRefusal("QueueDoesNotExist", "");
        }
        ObjectNode forwarded = body.deepCopy();
        return elasticMq.call(operation, forwarded.put("QueueUrl", elasticMq.queue(name)));
    }

    static ObjectNode record(JsonNode message) {
        return JSON.createObjectNode()
                .put("messageId", message.path("MessageId").asText())
                .put("receiptHandle", message.path("ReceiptHandle").asText())
                .put("body", message.path("Body").asText())
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", Arn.queue("webhooks"));
    }
}
