package hoopoe.provider.text421;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransliterationTest {

    private static final String SLOVAK = "áäčďéíĺľňóôŕšťúýžÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ";

    @Test
    void everySlovakLetterHasAForm() {
        assertThat(Transliteration.of(SLOVAK)).isEqualTo("aäcdéillnoorstuyzAÄCDÉILLNOORSTUYZ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ďakujeme — 5 € | Dakujeme - 5 €",
                "„ahoj“ ‚vy‘ | \"ahoj\" 'vy'",
                "čo\u00A0je… | co je...",
                "c\u030Co | co",
                "c\u200D\u030Co\uFEFF\u200B je\u00AD\u2060\uFE0F | co je",
                "Ł×3 ½ | Lx3 ½"
            })
    void whatHasAFormGetsIt(String text, String form) {
        assertThat(Transliteration.of(text)).isEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"你好", "😀", "привет", "½"})
    void whatHasNoneStays(String text) {
        assertThat(Transliteration.of(text)).isEqualTo(text);
        assertThat(Transliteration.isGsm(text)).isFalse();
    }

    @Test
    void whatIsGsmIsUntouched() {
        var text = "éèùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ^{}\\[~]|€ ÄÖÑÜ§¿äöñüà\n";
        assertThat(Transliteration.of(text)).isEqualTo(text);
        assertThat(Transliteration.isGsm(text)).isTrue();
    }
}
