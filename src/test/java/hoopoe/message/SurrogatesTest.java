package hoopoe.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogatesTest {

    @ParameterizedTest
    @CsvSource({
        "ab,0,''",
        "ab,1,a",
        "ab,2,ab",
        "ab,3,ab",
        "😀,0,''",
        "😀,1,''",
        "😀,2,😀",
        "a😀b,2,a",
        "a😀b,3,a😀",
        "'',0,''"
    })
    void aCutKeepsWholeCharacters(String text, int units, String cut) {
        assertThat(Surrogates.cut(text, units)).isEqualTo(cut);
    }

    @Test
    void aHalfIsReplaced() {
        assertThat(Surrogates.whole("\uD83D\uDE00a\uD83D")).isEqualTo("\uD83D\uDE00a?");
    }

    /** What was torn before is not the cut's to mend. */
    @Test
    void aHalfThatStoodAloneStays() {
        assertThat(Surrogates.cut("\uD83Dab", 1)).isEqualTo("\uD83D");
        assertThat(Surrogates.areTorn(Surrogates.cut("\uD83D\uDE00\uD83D\uDE00", 3)))
                .isFalse();
    }
}
