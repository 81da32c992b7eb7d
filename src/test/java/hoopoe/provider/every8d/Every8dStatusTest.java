package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dStatusTest {

    @ParameterizedTest
    @CsvSource({
        "0,SUBMITTED",
        "100,DELIVERED",
        "101,UNDELIVERED",
        "102,UNDELIVERED",
        "103,UNDELIVERED",
        "104,UNDELIVERED",
        "105,UNDELIVERED",
        "106,UNDELIVERED",
        "107,UNDELIVERED",
        "300,SCHEDULED",
        "303,CANCELLED",
        "500,REJECTED",
        "301,REJECTED",
        "-1,REJECTED",
        "-2,REJECTED",
        "-3,REJECTED",
        "-4,EXPIRED",
        "-5,REJECTED",
        "-6,REJECTED"
    })
    void everyDocumentedCode(String code, MessageState state) {
        var statusFact = Every8dStatus.fact(code, null, null, StatusFact.Source.REPORT);
        assertThat(statusFact.state()).isEqualTo(state);
        assertThat(statusFact.code()).isEqualTo(code);
        assertThat(statusFact.text()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"700", "888", "999", "-8", "-10", "-9", "-32", "-100", "-201", "304", "108", "1", "", "x", "-314"
            })
    void anyOtherCodeIsKeptAndEndsNothing(String code) {
        var statusFact = Every8dStatus.fact(code, null, null, StatusFact.Source.CALLBACK);
        assertThat(statusFact.state()).isEqualTo(MessageState.SUBMITTED);
        assertThat(statusFact.state().isFinal()).isFalse();
        assertThat(statusFact.code()).isEqualTo(code);
    }
}
