package hoopoe.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A document type that lies elsewhere, behind a socket that tells whether somebody fetched it. The JDK's parsers do so before they
 * hand over the event that could be refused.
 */
public final class OutsideDocument implements AutoCloseable {

    private final SocketPeer elsewhere =
            SocketPeer.saying(SocketPeer.http(200, "application/xml-dtd", "<!ENTITY y 'y'>"));

    public OutsideDocument() throws IOException {}

    /** One that reads XML. */
    @FunctionalInterface
    public interface XmlReader {
        void read(String document) throws Exception;
    }

    /** @param document whole, without a declaration; {@code &x;} in it is an entity from elsewhere */
    public void isNotFetchedBy(XmlReader reader, String document) {
        var url = elsewhere.url();
        for (var type : List.of(
                "<!DOCTYPE a SYSTEM \"" + url + "\">",
                "<!DOCTYPE a PUBLIC \"-//a//a//EN\" \"" + url + "\">",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + url + "\">]>",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM \"" + url + "\"> %p;]>")) {
            ThrowingCallable reading = () -> reader.read(type + document);
            var refused = catchThrowable(reading); // or answered by "not such a document": as the reader likes
            assertThat(elsewhere.connections()).as("%s: %s", type, refused).isZero();
        }
    }

    @Override
    public void close() throws IOException {
        elsewhere.close();
    }
}
