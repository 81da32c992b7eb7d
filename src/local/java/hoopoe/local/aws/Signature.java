package hoopoe.local.aws;

import hoopoe.local.wire.Header;
import hoopoe.local.wire.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks Signature Version 4 (AWS IAM User Guide, "Create a signed AWS API request") of requests without a query, in the header
 * {@code Authorization: AWS4-HMAC-SHA256 Credential=<key>/<day>/<region>/<service>/aws4_request, SignedHeaders=a;b, Signature=<hex>}.
 */
final class Signature {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern AUTHORIZATION = Pattern.compile(
            ALGORITHM + " Credential=([^/, ]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, *SignedHeaders=([a-z0-9;-]+),"
                    + " *Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final String secret;
    private final String region;
    private final String service;
    private final Clock clock;

    /** @param secret of every access key */
    Signature(String secret, String region, String service, Clock clock) {
        this.secret = secret;
        this.region = region;
        this.service = service;
        this.clock = clock;
    }

    /**
     * @return the access key it is signed with
     * @throws AwsRefusal where it is not, or not rightly
     */
    String check(Request request) {
        var authorization = AUTHORIZATION.matcher(header(request, "Authorization"));
        if (!authorization.matches()) {
            throw new AwsRefusal("MissingAuthenticationTokenException", "Request is missing Authentication Token");
        }
        var time = header(request, "X-Amz-Date");
        var day = authorization.group(2);
        if (!authorization.group(3).equals(region)
                || !authorization.group(4).equals(service)
                || !time.startsWith(day)) {
            throw invalid("Credential should be scoped to " + day + '/' + region + '/' + service);
        }
        if (!isNow(time)) {
            throw invalid("Signature expired");
        }
        var signed = List.of(authorization.group(5).split(";"));
        if (!signed.contains("host") || !signed.containsAll(amazons(request))) {
            throw invalid("'Host' and all 'X-Amz-*' headers must be signed");
        }
        var scope = String.join("/", day, region, service, "aws4_request");
        var toSign = String.join("\n", ALGORITHM, time, scope, hex(sha256(canonical(request, signed))));
        if (!hex(hmac(key(day), toSign)).equals(authorization.group(6))) {
            throw invalid("The request signature we calculated does not match the signature you provided.");
        }
        return authorization.group(1);
    }

    private static AwsRefusal invalid(String message) {
        return new AwsRefusal("InvalidSignatureException", message);
    }

    private boolean isNow(String time) {
        try {
            var signed = LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
            return Duration.between(signed, clock.instant()).abs().compareTo(SKEW) <= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static List<String> amazons(Request request) {
        return request.headers().stream()
                .map(header -> header.name().toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-amz-"))
                .toList();
    }

    private static byte[] canonical(Request request, List<String> signed) {
        var headers = signed.stream()
                .map(name -> name + ':' + values(request, name) + '\n')
                .collect(Collectors.joining());
        return String.join(
                        "\n",
                        request.method(),
                        request.path(),
                        request.query(),
                        headers,
                        String.join(";", signed),
                        hex(sha256(request.body())))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String values(Request request, String name) {
        return request.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    private byte[] key(String day) {
        var key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (var part : Arrays.asList(day, region, service, "aws4_request")) {
            key = hmac(key, part);
        }
        return key;
    }

    private static String header(Request request, String name) {
        return request.header(name).orElse("");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
