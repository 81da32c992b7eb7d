package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where time grew with the square of the length, these would take hours. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LenientXmlTest {

    private static final int MOST = 4 << 20;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<?xml version=\" 1.0\" encoding=\"utf-8 \"?>< A>1</ A> | <?xml version=\"1.0\" encoding=\"utf-8\"?><A>1</A>",
                "<GET\\_X/>                                           | <GET_X/>",
                "< A><![CDATA[< B>\\_]]></ A>                         | <A><![CDATA[< B>\\_]]></A>",
                "< A><![CDATA[< B>]]>< C/><![CDATA[< D>]]></ A>       | <A><![CDATA[< B>]]><C/><![CDATA[< D>]]></A>",
                "< A><![CDATA[< B>                                    | <A><![CDATA[<B>",
                "< A><![CDATA[]]>< B/>                                | <A><![CDATA[]]><B/>"
            })
    void mendsWhatStandsOutsideOfCdata(String xml, String mended) {
        assertThat(LenientXml.mended(xml)).isEqualTo(mended);
    }

    @Test
    void blanksInADeclarationAreReadOnce() {
        var blanks = " ".repeat(MOST);

        assertThat(LenientXml.mended("<?xml version=\"" + blanks + "1.0\"?><A/>"))
                .isEqualTo("<?xml version=\"1.0\"?><A/>");
        assertThat(LenientXml.mended("<?xml version=\"" + blanks + "?><A/>")).hasSize(MOST + 21);
        assertThat(LenientXml.mended(blanks + "<A/>")).hasSize(MOST + 4);
        assertThat(LenientXml.mended("<" + blanks + "1")).hasSize(MOST + 2);
    }

    @Test
    void sectionsThatNeverEndAreLookedForOnce() {
        var open = "<![CDATA[".repeat(200_000);

        assertThat(LenientXml.mended(open)).isEqualTo(open);
        assertThat(LenientXml.mended(open + "]]>")).isEqualTo(open + "]]>");
        assertThat(LenientXml.mended("<![CDATA[]]>".repeat(200_000))).hasSize(200_000 * 12);
    }

    @Test
    void anOpenTagWithoutAnEndIsLookedForOnce() {
        assertThat(LenientXml.mended("<?xml ".repeat(MOST / 6))).hasSize(MOST / 6 * 6);
        assertThat(LenientXml.mended("< ".repeat(MOST / 2))).hasSize(MOST / 2 * 2);
    }
}
