package hoopoe.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import hoopoe.aws.AwsResponse.AwsAnswer;
import hoopoe.aws.AwsResponse.AwsNoAnswer;
import hoopoe.aws.AwsResponse.AwsRefusal;
import hoopoe.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** A call with all its tries. */
final class AwsCall implements Callable<AwsResponse> {

    private static final int TRIES = 3;

    /** The longest pause before the second try; twice that before the third. With full jitter. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Far more than the largest answer, which is a secret (AWS Secrets Manager quotas: 65,536 bytes). */
    private static final int MOST = 1_000_000;

    private static final Pattern CODE = Pattern.compile("[A-Za-z.]{1,80}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9-]{1,80}");

    private final Supplier<ExecutableHttpRequest> requests;
    private final long end;
    private volatile @Nullable ExecutableHttpRequest running;
    private volatile boolean aborted;

    /**
     * @param requests returns a newly signed request for each try
     * @param end in {@link System#nanoTime}
     */
    AwsCall(Supplier<ExecutableHttpRequest> requests, long end) {
        this.requests = requests;
        this.end = end;
    }

    @Override
    public AwsResponse call() throws InterruptedException {
        for (int tries = 1; ; tries++) {
            var response = once();
            if (tries == TRIES || !mayBeRepeated(response) || !pause(tries, end)) {
                return response;
            }
        }
    }

    /**
     * Waits before the next try.
     *
     * @param tries how many there were
     * @return false, without a pause, where that would be too long
     */
    static boolean pause(int tries, long end) throws InterruptedException {
        var longest = PAUSE.toMillis() << (tries - 1);
        var pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest + 1));
        if (end - System.nanoTime() <= pause.toNanos()) {
            return false;
        }
        Thread.sleep(pause.toMillis());
        return true;
    }

    /** Closes the connection at any stage of the call. */
    void abort() {
        aborted = true;
        var request = running;
        if (request != null) {
            request.abort();
        }
    }

    private static boolean mayBeRepeated(AwsResponse response) {
        return response instanceof AwsNoAnswer || response instanceof AwsRefusal refusal && refusal.isPassing();
    }

    private AwsResponse once() {
        var request = requests.get();
        running = request;
        if (aborted) {
            return new AwsNoAnswer("timeout");
        }
        try {
            var response = request.call();
            return read(response.httpResponse(), body(response));
        } catch (IOException e) {
            return new AwsNoAnswer(e.getClass().getSimpleName());
        } catch (UncheckedIOException e) {
            return new AwsNoAnswer(e.getCause().getClass().getSimpleName());
        }
    }

    private static String body(HttpExecuteResponse response) throws IOException {
        try (var body = response.responseBody().map(InputStream.class::cast).orElseGet(InputStream::nullInputStream)) {
            return new String(body.readNBytes(MOST), StandardCharsets.UTF_8);
        }
    }

    private static AwsResponse read(SdkHttpResponse head, String body) {
        var json = Json.document(body).orElse(MissingNode.getInstance());
        if (head.isSuccessful()) {
            return json.isObject() ? new AwsAnswer(json) : new AwsNoAnswer("malformed");
        }
        var requestId = head.firstMatchingHeader("x-amzn-RequestId");
        return new AwsRefusal(
                code(head, json),
                head.statusCode(),
                requestId.filter(id -> REQUEST_ID.matcher(id).matches()).orElse("unknown"));
    }

    /** {@code com.amazon.coral.service#AccessDeniedException:http://…}: of this only the middle (Smithy, AWS JSON 1.1 protocol). */
    private static String code(SdkHttpResponse head, JsonNode json) {
        var type = head.firstMatchingHeader("x-amzn-ErrorType")
                .or(() -> Optional.of(json.path("code").asText()).filter(code -> !code.isEmpty()))
                .orElseGet(() -> json.path("__type").asText())
                .replaceFirst(":.*", "");
        return code(type.substring(type.indexOf('#') + 1)).orElse("http_" + head.statusCode());
    }

    /** Empty where that is no error code of AWS, and might hold anything. */
    static Optional<String> code(String text) {
        return Optional.of(text).filter(code -> CODE.matcher(code).matches());
    }
}
