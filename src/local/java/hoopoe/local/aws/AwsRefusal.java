package hoopoe.local.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hoopoe.local.wire.Answer;

/** AWS' no, in the form of its JSON 1.1 protocol. */
public final class AwsRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String type;

    public AwsRefusal(String type, String message) {
        super(message);
        this.type = type;
    }

    Answer answer() {
        return answer(400, type, getMessage());
    }

    static Answer answer(int status, String type, String message) {
        var body = JsonNodeFactory.instance.objectNode().put("__type", type).put("Message", message);
        return Answer.of(status, AwsEndpoint.TYPE, body.toString());
    }
}
