package hoopoe.local.lambda;

import io.quarkus.funqy.lambda.FunqyStreamHandler;
import io.quarkus.runtime.Quarkus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.MDC;

/**
 * Stands for AWS' Java runtime: runs {@code FunqyStreamHandler} on one event after the other. The main class of a
 * process of its own, whose class path is this and {@code function.zip}: so it uses nothing else.
 */
public final class JvmRuntime {

    private final String root;

    private JvmRuntime(String api) {
        this.root = "http://" + api + "/2018-06-01/runtime/";
    }

    /** Runs until the Runtime API is gone. */
    public static void main(String[] arguments) throws IOException {
        var runtime = new JvmRuntime(System.getenv("AWS_LAMBDA_RUNTIME_API"));
        System.exit(runtime.run() ? 0 : 1);
    }

    private boolean run() throws IOException {
        FunqyStreamHandler handler;
        try {
            handler = new FunqyStreamHandler();
            Quarkus.manualStart();
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            report("init/error", root(e));
            return false;
        }
        var next = next();
        while (next.getResponseCode() == 200) {
            one(handler, next);
            next = next();
        }
        return true;
    }

    private HttpURLConnection next() throws IOException {
        return connection("invocation/next");
    }

    private void one(FunqyStreamHandler handler, HttpURLConnection next) throws IOException {
        var id = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
        var context = new InvocationContext(
                id,
                next.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"),
                Long.parseLong(next.getHeaderField("Lambda-Runtime-Deadline-Ms")));
        var answer = new ByteArrayOutputStream();
        MDC.put("AWSRequestId", id); // as the loop of an executable does
        try (var event = next.getInputStream()) {
            handler.handleRequest(new ByteArrayInputStream(event.readAllBytes()), answer, context);
        } catch (RuntimeException | IOException | Error e) {
            e.printStackTrace();
            report("invocation/" + id + "/error", e);
            return;
        }
        post("invocation/" + id + "/response", answer.toByteArray());
    }

    private static Throwable root(Throwable error) {
        return error.getCause() == null ? error : root(error.getCause());
    }

    private void report(String path, Throwable error) throws IOException {
        var json = "{\"errorType\":\"%s\",\"errorMessage\":\"%s\",\"stackTrace\":[]}"
                .formatted(error.getClass().getName(), quoted(String.valueOf(error.getMessage())));
        post(path, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
    }

    private void post(String path, byte[] body) throws IOException {
        var post = connection(path);
        post.setRequestMethod("POST");
        post.setDoOutput(true);
        post.setFixedLengthStreamingMode(body.length);
        try (var out = post.getOutputStream()) {
            out.write(body);
        }
        var status = post.getResponseCode();
        if (status != 202) {
            System.out.println("Runtime API answers " + status + " to " + path);
            return;
        }
        try (var in = post.getInputStream()) {
            in.readAllBytes(); // or the connection is not used again
        }
    }

    private HttpURLConnection connection(String path) throws IOException {
        return (HttpURLConnection) URI.create(root + path).toURL().openConnection();
    }
}
