package hoopoe.provider.text421;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Text421TimesTest {

    @ParameterizedTest
    @CsvSource({
        "2012-11-05T15:01:22Z, 2012-11-05 16:01:22",
        "2014-07-17T22:35:00Z, 2014-07-18 00:35:00",
        "2026-03-29T00:59:59Z, 2026-03-29 01:59:59",
        "2026-03-29T01:00:00Z, 2026-03-29 03:00:00",
        "2026-10-25T00:30:00Z, 2026-10-25 02:30:00"
    })
    void goesThereAndBack(Instant instant, String written) {
        assertThat(Text421Client.TIMES.write(instant)).isEqualTo(written);
        assertThat(Text421Client.TIMES.read(written)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2014-07-18 00:35:00", " 2014-7-18  0:35:00 ", "2014-07-18+00:35:00", "2014-07-18T00:35:00"})
    void isReadInAnyForm(String written) {
        assertThat(Text421Client.TIMES.read(written)).isEqualTo("2014-07-17T22:35:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "2014-02-30 00:00:00", "2014-13-01 00:00:00", "2014-07-18 24:35:00", "1405636500"})
    void whatIsNoneIsNone(String written) {
        assertThat(Text421Client.TIMES.read(written)).isNull();
    }

    /** The wire cannot tell the second two o'clock from the first. */
    @ParameterizedTest
    @CsvSource("2026-10-25T01:30:00Z, 2026-10-25 02:30:00, 2026-10-25T00:30:00Z")
    void theHourThatComesTwiceIsReadAsTheFirst(Instant second, String written, Instant first) {
        assertThat(Text421Client.TIMES.write(second)).isEqualTo(written);
        assertThat(Text421Client.TIMES.read(written)).isEqualTo(first);
    }
}
