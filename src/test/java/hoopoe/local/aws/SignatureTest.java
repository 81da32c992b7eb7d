package hoopoe.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.local.wire.Header;
import hoopoe.local.wire.Request;
import hoopoe.testing.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a signature of AWS' own test suite for Signature Version 4, {@code post-x-www-form-urlencoded}. */
class SignatureTest {

    private static final String BODY = "Param1=value1";
    private static final String SIGNED =
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                    + " SignedHeaders=content-type;host;x-amz-date,"
                    + " Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a";

    private final MovableClock clock = MovableClock.at("2015-08-30T12:36:00Z");
    private final Signature signature =
            new Signature("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service", clock);

    private Request request(String body, String authorization, Header... more) {
        var headers = new ArrayList<>(List.of(
                new Header("Content-Type", "application/x-www-form-urlencoded"),
                new Header("Host", "example.amazonaws.com"),
                new Header("X-Amz-Date", "20150830T123600Z"),
                new Header("Authorization", authorization)));
        headers.addAll(List.of(more));
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Request(1, clock.instant(), "POST", "/", "HTTP/1.1", headers, bytes, bytes);
    }

    @Test
    void aRightOneNamesItsKey() {
        assertThat(signature.check(request(BODY, SIGNED))).isEqualTo("AKIDEXAMPLE");
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1,eu-west-1",
        "/service/,/dynamodb/",
        "20150830,20150831",
        "AKIDEXAMPLE/,",
        "ff11,ff12",
        "host;,"
    })
    void aWrongOneIsRefused(String right, String wrong) {
        var forged = SIGNED.replace(right, wrong == null ? "" : wrong);

        assertThatThrownBy(() -> signature.check(request(BODY, forged))).isInstanceOf(AwsRefusal.class);
    }

    @Test
    void anotherBodyIsRefused() {
        assertThatThrownBy(() -> signature.check(request(BODY + "&more", SIGNED)))
                .isInstanceOf(AwsRefusal.class);
    }

    @Test
    void whatAmazonReadsMustBeSigned() {
        assertThatThrownBy(() -> signature.check(request(BODY, SIGNED, new Header("X-Amz-Target", "another"))))
                .isInstanceOf(AwsRefusal.class);
    }

    @Test
    void anOldOneIsRefused() {
        clock.move(Duration.ofMinutes(6));

        assertThatThrownBy(() -> signature.check(request(BODY, SIGNED))).isInstanceOf(AwsRefusal.class);
    }
}
