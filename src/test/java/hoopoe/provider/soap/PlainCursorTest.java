package hoopoe.provider.soap;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever it accepts, it reads as the other cursor does, which is what says how a document is read. */
class PlainCursorTest {

    private static final long SEED = 20_261_122;
    private static final int TIMES = 10_000;
    private static final String SAMPLE = "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n"
            + "<p:r xmlns:p=\"urn:p\" xmlns=\"urn:d\" COUNT=\"3\">\n <a x=\"1\" COUNT='2'><b/><p:c>t</p:c></a >"
            + "<SMS/><t>中\uD83D\uDE00 &lt;&#x4E2D;&amp;lt;<![CDATA[<x>]]]>]]&gt;</t><s><q><t>x</t></q> y</s>"
            + "<t>a\r\nb\rc</t></p:r>\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<a></a >",
                " \r\n\t<a>\u007F\u0085\u2028</a>\n",
                "\uFEFF<?xml version='1.0'?><a/>",
                "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><a b='\"' c=\"'>\"/>",
                "<t>&lt;&gt;&amp;&apos;&quot;&#9;&#10;&#13;&#x10FFFF;&#0065;</t>",
                "<t>]] ]&gt; ]]&gt; <![CDATA[]]>></t>",
                "<t>\r\n\r\r\n\n<![CDATA[\r\n\r]]></t>",
                "<a xmlns=\"u\"><b xmlns=\"\"><c/></b><d/></a>",
                "<p:a xmlns:p=\"u\"><p:b xmlns:p=\"v\"/><p:c/></p:a>"
            })
    void whatIsPlainIsRead(String document) {
        var bytes = bytes(document);
        assertThat(plainly(bytes)).isPresent().isEqualTo(strictly(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "<",
                "<a",
                "<a>",
                "<a><b></a></b>",
                "<a></b>",
                "<a></aa>",
                "<aa></a>",
                "<a/><b/>",
                "<a/>x",
                "<a><!-- c --></a>",
                "<a><?p i?></a>",
                "<a/><!-- c -->",
                "<!DOCTYPE a><a/>",
                "<a>&x;</a>",
                "<a>&LT;</a>",
                "<a>&lt</a>",
                "<a>&#0;</a>",
                "<a>&#xD800;</a>",
                "<a>&#x110000;</a>",
                "<a>&#4294967361;</a>",
                "<a>&#xFFFE;</a>",
                "<a>&#X41;</a>",
                "<a>&#;</a>",
                "<a>]]></a>",
                "<a>\u0001</a>",
                "<a>\u0000</a>",
                "<a>\uFFFF</a>",
                "<a><![CDATA[x]]</a>",
                "<a b=\"1\" b=\"2\"/>",
                "<a b=\"1\"c=\"2\"/>",
                "<a b=\"<\"/>",
                "<a b=\"&lt;\"/>",
                "<a b=\"\n\"/>",
                "<a b=1/>",
                "<a b/>",
                "<a b:c=\"1\"/>",
                "<a xml:lang=\"zh\"/>",
                "<b:a/>",
                "<a:b:c xmlns:a=\"u\"/>",
                "<:a/>",
                "<a:/>",
                "<-a/>",
                "<xmla/>",
                "<a xmlns:b=\"\"/>",
                "<a xmlns:xml=\"u\"/>",
                "<a xmlns:b=\"http://www.w3.org/2000/xmlns/\"/>",
                "<a / >",
                "< a/>",
                "<a></ a>",
                "<中/>",
                "<?xml version=\"1.1\"?><a/>",
                "<?xml version=\"1.0\" encoding=\"big5\"?><a/>",
                "<?xml version=\"1.0\" standalone=\"yes\"?><a/>",
                "<?xml encoding=\"utf-8\"?><a/>",
                "<?xml?><a/>"
            })
    void whatIsNotPlainIsLeftToTheOther(String document) {
        assertThat(plainly(bytes(document))).isEmpty();
    }

    @Test
    void bytesThatAreNoUtf8AreNotPlain() {
        for (var bytes : new int[][] {
            {0x80},
            {0xC1, 0xBF},
            {0xC3},
            {0xC3, 0x28},
            {0xE0, 0x9F, 0xBF},
            {0xED, 0xA0, 0x80},
            {0xE4, 0xB8},
            {0xF0, 0x8F, 0xBF, 0xBF},
            {0xF4, 0x90, 0x80, 0x80},
            {0xF5, 0x80, 0x80, 0x80},
            {0xFF}
        }) {
            var document = bytes("<t>" + "@".repeat(bytes.length) + "</t>");
            for (int i = 0; i < bytes.length; i++) {
                document[3 + i] = (byte) bytes[i];
            }
            assertThat(plainly(document)).as(Arrays.toString(bytes)).isEmpty();
        }
    }

    @Test
    void depthIsLeftToTheOther() {
        assertThat(plainly(bytes("<a>".repeat(64) + "</a>".repeat(64)))).isPresent();
        assertThat(plainly(bytes("<a>".repeat(65) + "</a>".repeat(65)))).isEmpty();
    }

    @Test
    void cutAtAnyByteItIsNotPlain() {
        var whole = bytes(SAMPLE.strip());
        assertThat(plainly(whole)).isPresent().isEqualTo(strictly(whole));
        for (int cut = 0; cut < whole.length; cut++) {
            assertThat(plainly(Arrays.copyOf(whole, cut))).as("cut at %d", cut).isEmpty();
        }
    }

    @Test
    void whateverItAcceptsItReadsAsTheOtherDoes() {
        var mutations = new Mutations(SEED);
        var sample = bytes(SAMPLE);
        int accepted = 0;
        for (int i = 0; i < TIMES; i++) {
            var document = mutations.of(sample);
            var plain = plainly(document);
            if (plain.isPresent()) {
                accepted++;
                assertThat(plain)
                        .as(() -> new String(document, StandardCharsets.UTF_8))
                        .isEqualTo(strictly(document));
            }
        }
        assertThat(accepted).isBetween(TIMES / 20, TIMES * 9 / 10);
    }

    private static Optional<String> plainly(byte[] document) {
        return PlainCursor.read(new Octets(document, document.length), PlainCursorTest::outline);
    }

    private static Optional<String> strictly(byte[] document) {
        try {
            var cursor = XmlCursor.at(new String(document, StandardCharsets.UTF_8));
            var outline = outline(cursor);
            cursor.end();
            return Optional.of(outline);
        } catch (XMLStreamException refused) {
            return Optional.empty();
        }
    }

    /** All that a cursor tells: the text of those called t, nothing of those called s, the children of all others. */
    private static String outline(XmlCursor cursor) throws XMLStreamException {
        var outline = new StringBuilder();
        outline.append('{').append(cursor.namespace()).append('}').append(cursor.name());
        for (var attribute : new String[] {"COUNT", "a", "b", "c", "x"}) {
            outline.append(' ').append(cursor.attribute(attribute));
        }
        if (cursor.name().equals("t")) {
            return outline.append('=').append(cursor.text()).toString();
        }
        if (cursor.name().equals("s")) {
            cursor.skip();
            return outline.toString();
        }
        outline.append('(');
        while (cursor.toChild()) {
            outline.append(outline(cursor));
        }
        return outline.append(')').toString();
    }

    private static byte[] bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }
}
