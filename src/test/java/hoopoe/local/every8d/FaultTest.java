package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Delivery;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    private final Every8dSimulator simulator = Every8dSimulator.start();
    private final Caller caller = Caller.of(simulator);
    private Account account;
    private String key;

    @BeforeEach
    void open() {
        account = simulator.account("demo", "secret");
        key = caller.login("demo", "secret");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"CLOSE", "RESET"})
    void droppedBeforeTheWorkNothingWasSent(Ending ending) {
        simulator.faults().next("sendSMS", Fault.dropBeforeWork(ending));
        assertThatThrownBy(() -> caller.send(key, "x", "0912345678")).isInstanceOf(UncheckedIOException.class);
        assertThat(simulator.batches()).isEmpty();
        assertThat(simulator.wire().count("sendSMS")).isEqualTo(1);
        assertThat(caller.send(key, "x", "0912345678")).doesNotStartWith("-");
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"CLOSE", "RESET"})
    void droppedAfterTheWorkItWas(Ending ending) {
        simulator.faults().next("sendSMS", Fault.dropAfterWork(ending));
        assertThatThrownBy(() -> caller.send(key, "x", "0912345678")).isInstanceOf(UncheckedIOException.class);
        assertThat(simulator.batches()).hasSize(1);
        assertThat(simulator.wire().count("sendSMS")).isEqualTo(1);
    }

    @Test
    void theThirdOfFiveLosesItsAnswer() {
        simulator.faults().plan("sendSMS", 2, 1, Fault.cut(40, Ending.CLOSE));
        int lost = 0;
        for (int i = 0; i < 5; i++) {
            try {
                caller.send(key, "x", "0912345678");
            } catch (UncheckedIOException e) {
                lost = lost * 10 + i;
            }
        }
        assertThat(lost).isEqualTo(2);
        assertThat(simulator.batches()).hasSize(5);
    }

    @Test
    void everyCutOfTheAnswerEndsWhereItShould() throws IOException {
        int whole = simulator
                .wire()
                .last("getConnection")
                .orElseThrow()
                .answer()
                .orElseThrow()
                .bytes()
                .length;
        for (int bytes = 0; bytes < whole; bytes += 13) {
            simulator.faults().next("getConnection", Fault.cut(bytes, Ending.CLOSE));
            try (RawClient client = RawClient.to(simulator.server().port())) {
                client.send(Caller.rawLogin("demo", "secret", true));
                assertThat(client.readToEnd().getBytes(StandardCharsets.UTF_8).length)
                        .isBetween(bytes, bytes + 4);
            }
        }
    }

    @Test
    void aShortenedBodyLooksWhole() {
        simulator.faults().next("getCredit", Fault.shortened(50));
        HttpResponse<String> answer = caller.post("getCredit", "sessionKey", key);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(50);
    }

    @Test
    void slowAndDrippingAnswersArriveInTheEnd() {
        simulator
                .faults()
                .next("getCredit", Fault.slow(Duration.ofMillis(300)))
                .next("getCredit", Fault.dripping(Duration.ofNanos(100_000)))
                .next("getCredit", Fault.slowBeforeWork(Duration.ofMillis(10)))
                .next("getCredit", Fault.twist(Delivery.chunked(7)))
                .next("getCredit", Fault.twist(Delivery.untilClose()));
        long start = System.nanoTime();
        assertThat(caller.credit(key)).isEqualTo("10000.00");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        for (int i = 0; i < 4; i++) {
            assertThat(caller.credit(key)).isEqualTo("10000.00");
        }
        assertThat(simulator.faults().take("getCredit")).isEmpty();
    }

    @Test
    void pagesOfHtmlAndGarbage() {
        simulator.faults().next("sendSMS", Fault.html500()).next("sendSMS", Fault.html500AfterWork());
        HttpResponse<String> first = caller.post("sendSMS", "sessionKey", key, "content", "x", "mobile", "0912345678");
        assertThat(first.statusCode()).isEqualTo(500);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(simulator.batches()).isEmpty();
        caller.post("sendSMS", "sessionKey", key, "content", "x", "mobile", "0912345678");
        assertThat(simulator.batches()).hasSize(1);

        simulator.faults().next(Faults.ANY, Fault.garbage());
        assertThatThrownBy(() -> caller.credit(key)).isInstanceOf(UncheckedIOException.class);
        simulator.faults().next("getCredit", Fault.instead(Answer.html(503, "busy")));
        assertThat(caller.post("getCredit").statusCode()).isEqualTo(503);
    }

    @Test
    void anyResultAndAnyFaultOnDemand() {
        simulator
                .faults()
                .next("sendSMS", Fault.refuses(-99))
                .next("sendSMS", Fault.saysAfterWork("garbled"))
                .next("getConnection", Fault.refuses(-97))
                .next("getCredit", Fault.fails("Object reference not set to an instance of an object."));
        assertThat(caller.send(key, "x", "0912345678")).isEqualTo("-99, 主機端發生不明錯誤，請與廠商窗口聯繫。");
        assertThat(simulator.batches()).isEmpty();
        assertThat(caller.send(key, "x", "0912345678")).isEqualTo("garbled");
        assertThat(simulator.batches()).hasSize(1);
        assertThat(caller.loginCode("demo", "secret")).isEqualTo("-97");
        HttpResponse<String> fault = caller.post("getCredit", "sessionKey", key);
        assertThat(fault.statusCode()).isEqualTo(500);
        assertThat(fault.body())
                .contains("<faultcode>soap:Server</faultcode><faultstring>Server was unable to process request. ---&gt;"
                        + " Object reference not set to an instance of an object.</faultstring>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"getConnection", "getDeliveryStatus"})
    void refusalsOfXmlOperationsAreXml(String operation) {
        simulator.faults().next(operation, Fault.refuses(-301));
        assertThat(Caller.textOf(caller.result(operation), "CODE")).isEqualTo("-301");
    }

    @Test
    void aSessionCanDieInTheMiddle() {
        simulator.faults().plan("getCredit", 1, 1, Fault.meanwhile(account::endSession));
        assertThat(caller.credit(key)).isEqualTo("10000.00");
        assertThat(caller.credit(key)).startsWith("-301");
        assertThat(caller.credit(caller.login("demo", "secret"))).isEqualTo("10000.00");
    }

    @Test
    void aServiceThatIsNotThereComesBack() {
        simulator.server().refuse();
        assertThatThrownBy(() -> caller.credit(key)).hasRootCauseInstanceOf(IOException.class);
        assertThat(simulator.wire().count("getCredit")).isZero();
        simulator.server().accept();
        assertThat(caller.credit(key)).isEqualTo("10000.00");
    }
}
