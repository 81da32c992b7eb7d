package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.stage.CallbackAttempt;
import hoopoe.local.stage.FixedJob;
import hoopoe.local.stage.Timings;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.WireServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallbackTest {
    private volatile Answer answer = Answer.html(200, "OK");
    private final WireServer receiver =
            WireServer.bind(0, request -> new FixedJob("callback", answer)).begin();
    private final Every8dSimulator simulator = Every8dSimulator.start();
    private final Caller caller = Caller.of(simulator);
    private Account account;
    private String key;

    @BeforeEach
    void open() {
        account = simulator.account("demo", "secret").callback(URI.create(receiver.address() + "/cb/token"));
        simulator.clock().moveTo(Instant.parse("2027-03-04T01:00:00Z"));
        key = caller.login("demo", "secret");
    }

    @AfterEach
    void close() {
        simulator.close();
        receiver.close();
    }

    private String send(String mobiles) {
        String line = caller.result(
                "sendSMS",
                "sessionKey",
                key,
                "subject",
                "news #t0ken",
                "content",
                "Hello, 世界",
                "mobile",
                mobiles,
                "sendTime",
                "");
        simulator.clock().moveTo(Instant.parse("2027-03-04T01:00:10Z"));
        return Caller.batchOf(line);
    }

    private List<String> received(int count) {
        await(() -> receiver.log().count("callback") >= count);
        return receiver.log().exchanges("callback").stream()
                .map(exchange -> exchange.request().target())
                .toList();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Test
    void theLongListAsItWasSeen() {
        String batch = send("+886912345678");
        Instant sent = simulator.messages().get(0).sentAt();
        assertThat(received(1))
                .containsExactly("/cb/token?BatchID=" + batch + "&RM=%2b886912345678&RT="
                        + TaipeiTime.compact(sent.plusSeconds(2)).substring(0, 12)
                        + received(1).get(0).replaceFirst(".*&RT=\\d{12}(\\d{2}).*", "$1")
                        + "&STATUS=100&SM=Hello%2c+%e4%b8%96%e7%95%8c&CustID=CUSTID&UserNo=000000&ST="
                        + TaipeiTime.compact(sent)
                        + "&MR=1&SUBJECT=news+%23t0ken&NAME=&USERID=demo&SOURCE=&CHARGE=0");
        Request request = receiver.log().exchanges().get(0).request();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.body()).isEmpty();
    }

    @Test
    void aReplyIsStatus999WithItsOwnText() {
        send("+886912345907");
        assertThat(received(2)).anySatisfy(target -> assertThat(target)
                .contains("&STATUS=999&SM=%e6%94%b6%e5%88%b0%ef%bc%8c%e8%ac%9d%e8%ac%9d+%26+ok+%2b+1&"));
        assertThat(received(2)).anySatisfy(target -> assertThat(target).contains("&STATUS=100&SM=Hello"));
    }

    @Test
    void failuresAreReportedToo() {
        send("+886912345901,12");
        assertThat(received(2)).anySatisfy(target -> assertThat(target).contains("STATUS=101"));
        assertThat(received(2))
                .anySatisfy(target -> assertThat(target).contains("STATUS=-3").contains("MR=2"));
    }

    @Test
    void theOtherLists() {
        simulator.switches().set(Switch.CallbackList.SEED).set(Switch.CallbackPlus.RAW);
        String batch = send("+886912345678");
        assertThat(received(1).get(0))
                .matches("/cb/token\\?BatchID=" + batch
                        + "&RM=\\+886912345678&RT=\\d{14}&STATUS=100&SM=[^&]*&MR=1&USERID=demo");
        simulator.switches().set(Switch.CallbackList.WITHOUT_SUBJECT).set(Switch.CallbackBatchId.UPPER_CASE);
        simulator.report(batch, "+886912345678", 106);
        assertThat(received(2).get(1)).doesNotContain("SUBJECT").contains(batch.toUpperCase(Locale.ROOT));
        simulator.switches().set(Switch.CallbackList.WITHOUT_STATUS).set(Switch.CallbackCharset.BIG5);
        simulator.reply(batch, "+886912345678", "中");
        assertThat(received(3).get(2)).doesNotContain("STATUS").contains("SM=%a4%a4");
    }

    @Test
    void whatIsNotAnsweredBy200IsRepeatedTenTimes() {
        answer = Answer.html(204, "");
        send("+886912345678");
        await(() -> {
            simulator.clock().advance(Duration.ofSeconds(5));
            return simulator.callbacks().size() >= 11;
        });
        assertThat(simulator.callbacks())
                .extracting(CallbackAttempt::number)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        simulator.clock().advance(Duration.ofHours(1));
        assertThat(receiver.log().count("callback")).isEqualTo(11);
        assertThat(received(11)).containsOnly(received(11).get(0));
    }

    @Test
    void aLostAnswerIsRepeatedAndATakenOneIsNot() {
        receiver.dropConnections(2, Ending.RESET);
        simulator.timings(Timings.quick());
        send("+886912345678");
        await(() -> simulator.callbacks().size() == 3);
        assertThat(simulator.callbacks().get(0).answer()).isEmpty();
        assertThat(simulator.callbacks().get(2).taken()).isTrue();
        simulator.clock().advance(Duration.ofHours(1));
        assertThat(receiver.log().count("callback")).isEqualTo(1);
    }

    @Test
    void duplicatesZeroAndOrderAreBySwitch() {
        simulator.switches().set(Switch.CallbackTimes.TWICE).set(Switch.CallbackInterim.ZERO_TOO);
        send("+886912345678");
        List<String> targets = received(4);
        assertThat(targets).hasSize(4);
        assertThat(targets.stream().filter(target -> target.contains("STATUS=0&")))
                .hasSize(2);
        assertThat(targets.stream().filter(target -> target.contains("STATUS=100&")))
                .hasSize(2);
    }

    @Test
    void callbacksAndChannelsCanBeSwitchedOff() {
        simulator.switches().set(Switch.Callbacks.OFF);
        String batch = send("+886912345678");
        simulator.switches().set(Switch.Callbacks.ON).set(Switch.ReplyChannel.REPORT_ONLY);
        simulator.reply(batch, "+886912345678", "only in the report");
        simulator.switches().set(Switch.ReplyChannel.CALLBACK_ONLY);
        simulator.reply(batch, "+886912345678", "called");
        assertThat(received(1)).hasSize(1).allMatch(target -> target.contains("SM=called"));
        assertThat(simulator.messages().get(0).replies()).containsExactly("only in the report");
    }

    @Test
    void anAccountWithoutAddressIsNotCalled() {
        simulator.account("silent", "secret");
        key = caller.login("silent", "secret");
        send("+886912345678");
        assertThat(simulator.callbacks()).isEmpty();
        assertThat(account.callback()).isPresent();
    }

    @Test
    void aQueryInTheAddressIsKept() {
        account.callback(URI.create(receiver.address() + "/cb?a=b"));
        send("+886912345678");
        assertThat(received(1).get(0)).startsWith("/cb?a=b&BatchID=");
    }
}
