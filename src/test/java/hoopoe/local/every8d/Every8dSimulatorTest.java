package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.stage.Timings;
import hoopoe.local.wire.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class Every8dSimulatorTest {
    @Test
    void closedItLeavesNothingRunning() {
        Every8dSimulator simulator = Every8dSimulator.start();
        int port = simulator.server().port();
        simulator.account("demo", "secret").callback(URI.create("http://127.0.0.1:" + port + "/nobody"));
        Caller caller = Caller.of(simulator);
        String key = caller.login("demo", "secret");
        caller.send(key, "x", "0912345678");
        simulator.clock().advance(Duration.ofSeconds(5));
        List<Thread> started = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-" + port))
                .toList();
        assertThat(started).extracting(Thread::getName).contains("every8d-agenda-" + port, "every8d-callback-" + port);
        assertThat(started).allMatch(Thread::isDaemon);

        simulator.close();
        for (Thread thread : started) {
            await(thread);
        }
    }

    private static void await(Thread thread) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (thread.isAlive()) {
            assertThat(System.nanoTime()).as(thread.getName()).isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Test
    void itCanStartAgainOnItsPort() {
        int port;
        try (Every8dSimulator first = Every8dSimulator.start()) {
            port = first.server().port();
            first.account("demo", "secret");
            Caller.of(first).login("demo", "secret");
        }
        try (Every8dSimulator second = Every8dSimulator.start(port)) {
            second.account("demo", "secret");
            assertThat(Caller.of(second).login("demo", "secret")).isNotEmpty();
        }
    }

    @Test
    void aReportCanOvertakeTheAnswerToItsSend() {
        try (Every8dSimulator simulator = Every8dSimulator.start()) {
            simulator.timings(Timings.quick()).account("demo", "secret");
            Caller caller = Caller.of(simulator);
            String key = caller.login("demo", "secret");
            simulator
                    .faults()
                    .next("sendSMS", work -> {
                        var answer = work.carryOut();
                        simulator.clock().advance(Duration.ofSeconds(1));
                        assertThat(simulator.messages())
                                .extracting(SentMessage::status)
                                .containsExactly(100);
                        return answer;
                    })
                    .next("getCredit", Fault.slow(Duration.ZERO));
            assertThat(caller.send(key, "x", "0912345678")).doesNotStartWith("-");
            assertThat(caller.credit(key)).isEqualTo("9999.00");
        }
    }
}
