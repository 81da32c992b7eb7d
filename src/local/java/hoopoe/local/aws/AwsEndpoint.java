package hoopoe.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** {@code POST /} with {@code X-Amz-Target: <target>.<operation>}, signed, JSON in and out. */
public final class AwsEndpoint {

    static final String TYPE = "application/x-amz-json-1.1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String target;
    private final String type;
    private final Signature signature;
    private final Operations operations;

    /** What a service does. */
    @FunctionalInterface
    public interface Operations {

        /**
         * @param principal the access key that the call is signed with
         * @throws AwsRefusal where it does not
         */
        JsonNode answer(String principal, String operation, JsonNode body);
    }

    /**
     * @param service its name in signatures
     * @param target its name in the header
     */
    public AwsEndpoint(String service, String target, Clock clock, Operations operations) {
        this(service, target, "1.1", clock, operations);
    }

    /** @param version of the JSON protocol */
    public AwsEndpoint(String service, String target, String version, Clock clock, Operations operations) {
        this.target = target + '.';
        this.type = "application/x-amz-json-" + version;
        this.signature = new Signature(LocalDynamo.CREDENTIAL, LocalDynamo.REGION, service, clock);
        this.operations = operations;
    }

    public Job receive(Request request, Faults faults, Consumer<Duration> waiting) {
        return new AwsJob(request, this, faults, waiting);
    }

    /** @throws AwsRefusal where it is missing */
    public static String text(JsonNode body, String member) {
        if (!body.path(member).isTextual() || body.path(member).asText().isEmpty()) {
            throw new AwsRefusal("InvalidParameterException", member + " is missing");
        }
        return body.path(member).asText();
    }

    String operation(Request request) {
        var header = request.header("X-Amz-Target").orElse("");
        return header.startsWith(target) ? header.substring(target.length()) : "other";
    }

    Answer answer(Request request) {
        try {
            return Answer.of(200, type, work(request).toString());
        } catch (AwsRefusal refusal) {
            return refusal.answer();
        }
    }

    private JsonNode work(Request request) {
        if (!request.method().equals("POST") || !request.target().equals("/")) {
            throw new AwsRefusal("UnknownOperationException", "");
        }
        if (!request.header("Content-Type").orElse("").equals(type)) {
            throw new AwsRefusal("SerializationException", "the content type is " + type);
        }
        var principal = signature.check(request);
        return operations.answer(principal, operation(request), body(request));
    }

    private static JsonNode body(Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw new AwsRefusal("SerializationException", "");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory", e);
        }
    }
}
