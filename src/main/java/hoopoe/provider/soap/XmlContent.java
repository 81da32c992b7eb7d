package hoopoe.provider.soap;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of an element, kept as the bytes that came until somebody asks for it as text. */
public final class XmlContent {

    private final byte[] bytes;
    private final int length;
    private @Nullable String text;

    private XmlContent(byte[] bytes, int length, @Nullable String text) {
        this.bytes = bytes;
        this.length = length;
        this.text = text;
    }

    /** Text that is not, or not yet known to be, plain: never read as a {@link #plainly plain} document. */
    public static XmlContent of(String text) {
        return new XmlContent(new byte[0], 0, text);
    }

    /** @param bytes well-formed UTF-8 up to the length; not copied */
    static XmlContent of(byte[] bytes, int length) {
        return new XmlContent(bytes, length, null);
    }

    public String text() {
        if (text == null) {
            text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
        return text;
    }

    /**
     * Reads it as a document, at a fraction of the cost.
     *
     * @return empty where it is no document in the plain form, or could not be read: its text then says what it is
     */
    public <T> Optional<T> plainly(XmlReading<T> reading) {
        return PlainCursor.read(new Octets(bytes, length), reading);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof XmlContent content && content.text().equals(text());
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text());
    }

    /** It may hold a key or numbers. */
    @Override
    public String toString() {
        return text().length() + " characters";
    }
}
