package hoopoe.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetsTest {

    @ParameterizedTest
    @CsvSource({
        "utf-8, UTF-8",
        "UTF8, UTF-8",
        "iso-8859-1, ISO-8859-1",
        "latin1, ISO-8859-1",
        "big5, Big5",
        "CP1250, windows-1250",
        "Windows-1256, windows-1256",
    })
    void anyNameOfOursIsFound(String name, String charset) {
        assertThat(Charsets.named(name)).map(Object::toString).contains(charset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "x\0y", "EBCDIC-US", "\"utf-8\""})
    void noOther(String name) {
        assertThat(Charsets.named(name)).isEmpty();
    }

    @Test
    void theyReadTheirLanguages() {
        assertThat(new String(new byte[] {(byte) 0xA4, (byte) 0xA4}, Charsets.BIG5))
                .isEqualTo("中");
        assertThat(new String(new byte[] {(byte) 0xBE}, Charsets.WINDOWS_1250)).isEqualTo("ľ");
        assertThat(new String(new byte[] {(byte) 0xD3}, Charsets.WINDOWS_1256)).isEqualTo("س");
    }
}
