package hoopoe.local.secrets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hoopoe.local.aws.AwsEndpoint;
import hoopoe.local.aws.AwsServer;
import hoopoe.local.iam.Guard;
import hoopoe.local.secrets.StoredSecrets.Version;
import hoopoe.local.stage.FixedJob;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import java.time.Clock;
import java.util.Set;

/**
 * AWS Secrets Manager on 127.0.0.1. Beside AWS' operations it lets people with curl list the names at {@code GET /_sim/secrets}, and
 * {@code GET}, {@code PUT} and {@code DELETE /_sim/secrets/<name>}.
 */
public final class LocalSecrets extends AwsServer {

    private static final String CONTROL = "/_sim/secrets";

    private final StoredSecrets box = new StoredSecrets();
    private final AwsEndpoint endpoint;

    private LocalSecrets(int port, Guard guard) {
        super(port);
        endpoint = new AwsEndpoint(
                "secretsmanager", "secretsmanager", Clock.systemUTC(), new SecretsOperations(box, guard));
    }

    /** @param port 0 for a free one */
    public static LocalSecrets start(int port, Guard guard) {
        var secrets = new LocalSecrets(port, guard);
        secrets.begin();
        return secrets;
    }

    /**
     * Makes a secret, or a new version of it.
     *
     * @return the version's id
     */
    public String put(String name, String text) {
        return box.put(name, text);
    }

    /** As if it had never been there. */
    public void remove(String name) {
        box.remove(name);
    }

    public Set<String> names() {
        return box.names();
    }

    @Override
    protected Job receive(Request request) {
        return request.path().startsWith(CONTROL)
                ? new FixedJob("", controlled(request))
                : operation(endpoint, request);
    }

    private Answer controlled(Request request) {
        var name = request.path().substring(CONTROL.length()).replaceFirst("^/", "");
        switch (name.isEmpty() ? "GET" : request.method()) {
            case "GET" -> {
                return json(
                        200,
                        name.isEmpty()
                                ? listed()
                                : box.find(name).map(Version::text).orElse("{}"));
            }
            case "PUT" -> {
                return json(200, "{\"version\": \"" + box.put(name, request.text()) + "\"}");
            }
            case "DELETE" -> {
                return json(box.remove(name) ? 200 : 404, "{}");
            }
            default -> {
                return json(405, "{}");
            }
        }
    }

    private String listed() {
        var names = JsonNodeFactory.instance.arrayNode();
        box.names().forEach(names::add);
        return names.toPrettyString();
    }

    private static Answer json(int status, String body) {
        return Answer.of(status, "application/json", body + '\n');
    }
}
