package hoopoe.provider.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.testing.OutsideDocument;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class XmlCursorTest {

    private static final String DOCUMENT = "<a>&x;</a>";

    private static void walk(String document) throws XMLStreamException {
        var cursor = XmlCursor.at(document);
        cursor.text();
        cursor.end();
    }

    private static void read(String document) throws XMLStreamException {
        var reader = XmlCursor.reader(document);
        while (reader.hasNext()) {
            reader.next();
        }
    }

    @Test
    void nothingElsewhereIsFetched() throws Exception {
        try (var elsewhere = new OutsideDocument()) {
            elsewhere.isNotFetchedBy(XmlCursorTest::walk, DOCUMENT);
            elsewhere.isNotFetchedBy(XmlCursorTest::read, DOCUMENT);
        }
    }

    /** Twice: the parser does not look at it, and its event is refused. */
    @Test
    void aDocumentTypeIsNeitherReadNorPassedOver() throws Exception {
        assertThat(XmlCursor.reader("<a/>").getProperty(XMLInputFactory.SUPPORT_DTD))
                .isEqualTo(false);
        assertThatThrownBy(() -> read("<!DOCTYPE a><a/>")).isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(() -> walk("<!DOCTYPE a><a/>")).isInstanceOf(XMLStreamException.class);
    }
}
