package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BookingTest {
    private final Every8dSimulator simulator = Every8dSimulator.start();
    private final Caller caller = Caller.of(simulator);
    private String key;

    @BeforeEach
    void open() {
        simulator.account("demo", "secret").credit("10");
        simulator.clock().moveTo(Instant.parse("2027-03-04T01:00:00Z"));
        key = caller.login("demo", "secret");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private String bookedInAnHour() {
        return Caller.batchOf(caller.send(key, "x", "0912345671,0912345672", "20270304100000"));
    }

    @Test
    void aScheduledBatchWaitsForItsTime() {
        bookedInAnHour();
        assertThat(simulator.messages()).extracting(SentMessage::status).containsOnly(300);
        assertThat(simulator.messages())
                .extracting(SentMessage::sentAt)
                .containsOnly(Instant.parse("2027-03-04T02:00:00Z"));
        simulator.clock().moveTo(Instant.parse("2027-03-04T01:59:50Z"));
        assertThat(simulator.messages()).extracting(SentMessage::status).containsOnly(300);
        simulator.clock().moveTo(Instant.parse("2027-03-04T02:00:05Z"));
        assertThat(simulator.messages()).extracting(SentMessage::status).containsOnly(100);
    }

    @Test
    void erasingGivesThePointsBackAndNothingIsSent() {
        String batch = bookedInAnHour();
        assertThat(caller.credit(key)).isEqualTo("8.00");
        assertThat(caller.erase(key, batch)).isEqualTo("2,2.00");
        assertThat(caller.credit(key)).isEqualTo("10.00");
        simulator.clock().advance(Duration.ofHours(2));
        assertThat(simulator.messages()).extracting(SentMessage::status).containsOnly(303);
    }

    @Test
    void erasingAgainOrTooLateIsEmptyOrAnError() {
        String batch = bookedInAnHour();
        caller.erase(key, batch);
        assertThat(caller.erase(key, batch)).isEmpty();
        String sent = Caller.batchOf(caller.send(key, "x", "0912345678"));
        assertThat(caller.erase(key, sent)).isEmpty();
        simulator.switches().set(Switch.EraseAgain.MINUS_4);
        assertThat(caller.erase(key, batch)).isEqualTo("-4,發送資料為刪除狀態或已經送出");
        assertThat(caller.erase(key, sent)).startsWith("-4,");
    }

    @Test
    void anUnknownBatchIsEmptyOrAnError() {
        assertThat(caller.erase(key, "220478cc-8506-49b2-93b7-2505f651c12e")).isEmpty();
        simulator.switches().set(Switch.EraseUnknown.MINUS_3);
        assertThat(caller.erase(key, "220478cc-8506-49b2-93b7-2505f651c12e")).startsWith("-3,");
    }

    @Test
    void emptinessHasFourForms() {
        String call = "<eraseBooking xmlns=\"http://tempuri.org/\"><sessionKey>" + key
                + "</sessionKey><batchID>x</batchID></eraseBooking>";
        assertThat(caller.postBody("eraseBooking", call).body()).contains("<eraseBookingResult />");
        simulator.switches().set(Switch.EmptyResult.OPEN_CLOSE);
        assertThat(caller.postBody("eraseBooking", call).body()).contains("<eraseBookingResult></eraseBookingResult>");
        simulator.switches().set(Switch.EmptyResult.NIL);
        assertThat(caller.postBody("eraseBooking", call).body()).contains("<eraseBookingResult xsi:nil=\"true\" />");
        simulator.switches().set(Switch.EmptyResult.MISSING);
        assertThat(caller.postBody("eraseBooking", call).body())
                .contains("<eraseBookingResponse xmlns=\"http://tempuri.org/\" />")
                .doesNotContain("eraseBookingResult");
    }
}
