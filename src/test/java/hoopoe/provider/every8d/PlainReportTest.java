package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.ProviderException;
import hoopoe.provider.soap.SoapAnswer;
import hoopoe.provider.soap.XmlText;
import hoopoe.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A report is read without the parser where its form is plain: to the same page, or the same refusal. */
class PlainReportTest {

    private static final long SEED = 20_261_123;
    private static final int TIMES = 3_000;
    private static final ReportQuestion QUESTION = new ReportQuestion("b", 1, true);
    private static final String REAL = Fixtures.read("delivery-status.real.xml");

    @Test
    void theRealFormIsPlain() {
        assertThat(isPlain(envelope(REAL))).isTrue();
        assertThat(isPlain(envelope(REAL.replace("><", ">\r\n <")))).isTrue();
        assertThat(isPlain(envelope("\uFEFF" + REAL + "\n"))).isTrue();
        assertSame(envelope(REAL));
    }

    @Test
    void thePrintedFormIsNotPlain() {
        var printed = envelope(Fixtures.read("delivery-status.as-printed.xml"));
        assertThat(isPlain(printed)).isFalse();
        assertSame(printed);
    }

    @Test
    void errorLinesAreToldAsEver() {
        for (var line : new String[] {
            "",
            " ",
            "-301,gone",
            "-99",
            "{\"Result\":false,\"Msg\":\"-301,x\"}",
            "OK",
            "<SMS_LOG/>",
            "<SMS/>",
            "<SMS_LOG><CODE>-301</CODE><DESCRIPTION>gone</DESCRIPTION></SMS_LOG>",
            "\uFEFF-301",
            "\u3000" + REAL
        }) {
            assertSame(envelope(line));
        }
    }

    @Test
    void cutAnywhereItIsTheSame() {
        var whole = envelope(REAL);
        for (int cut = 0; cut < whole.length; cut++) {
            assertSame(Arrays.copyOf(whole, cut));
        }
        for (int cut = 0; cut < REAL.length(); cut++) {
            assertSame(envelope(REAL.substring(0, cut)));
        }
    }

    @Test
    void whateverIsBrokenInTheReportItIsTheSame() {
        var mutations = new Mutations(SEED);
        var real = REAL.getBytes(StandardCharsets.UTF_8);
        int plain = 0;
        for (int i = 0; i < TIMES; i++) {
            var report = new String(mutations.of(real), StandardCharsets.UTF_8);
            var body = envelope(report);
            plain += isPlain(body) ? 1 : 0;
            assertSame(body);
        }
        assertThat(plain).isBetween(TIMES / 20, TIMES * 9 / 10);
    }

    @Test
    void whateverIsBrokenInTheEnvelopeItIsTheSame() {
        var mutations = new Mutations(SEED);
        var whole = envelope(REAL);
        int plain = 0;
        for (int i = 0; i < TIMES; i++) {
            var body = mutations.of(whole);
            plain += isPlain(body) ? 1 : 0;
            assertSame(body);
        }
        assertThat(plain).isBetween(TIMES / 20, TIMES * 9 / 10);
    }

    private static void assertSame(byte[] body) {
        assertThat(outcome(SoapAnswer.read(body, QUESTION.operation())))
                .as(() -> new String(body, StandardCharsets.UTF_8))
                .isEqualTo(strictly(SoapAnswer.strictly(body, QUESTION.operation())));
    }

    private static boolean isPlain(byte[] body) {
        return SoapAnswer.read(body, QUESTION.operation()) instanceof SoapAnswer.Result result
                && result.content().plainly(ReportXml::read).isPresent();
    }

    /** As an inquiry reads it. */
    private static Object outcome(SoapAnswer answer) {
        return answer instanceof SoapAnswer.Result result ? outcome(() -> QUESTION.read(result)) : answer;
    }

    private static Object strictly(SoapAnswer answer) {
        return answer instanceof SoapAnswer.Result result ? outcome(() -> QUESTION.read(result.text())) : answer;
    }

    private interface Asking {
        Object ask() throws Every8dRefusal;
    }

    private static Object outcome(Asking asking) {
        try {
            return asking.ask();
        } catch (Every8dRefusal refusal) {
            return refusal.error();
        } catch (ProviderException.Malformed malformed) {
            return malformed.toString();
        }
    }

    static byte[] envelope(String text) {
        return ("<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope"
                        + " xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>"
                        + "<getDeliveryStatusResponse xmlns=\"http://tempuri.org/\"><getDeliveryStatusResult>"
                        + XmlText.content(text)
                        + "</getDeliveryStatusResult></getDeliveryStatusResponse></soap:Body></soap:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }
}
