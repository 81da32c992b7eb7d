package hoopoe.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * JSON of our own records, and of others. Text of others that is no JSON is empty here, and no exception: Jackson's repeat the
 * text, which may hold numbers, texts and secrets.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private static final ObjectReader TREE = MAPPER.reader();
    private static final ObjectReader DOCUMENT = TREE.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final ObjectReader EXACT = DOCUMENT.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Json() {}

    /** What follows after the first value is ignored. An empty text is a missing node. */
    public static Optional<JsonNode> tree(String text) {
        return tree(TREE, text);
    }

    /** Empty also where more follows after the first value, and where an object has a member twice: they could contradict. */
    public static Optional<JsonNode> document(String text) {
        return tree(DOCUMENT, text);
    }

    /** As {@link #document}; decimals keep all their digits. */
    public static Optional<JsonNode> exactDocument(String text) {
        return tree(EXACT, text);
    }

    private static Optional<JsonNode> tree(ObjectReader reader, String text) {
        try {
            return Optional.of(reader.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    public static String text(Object ours) {
        try {
            return MAPPER.writeValueAsString(ours);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can be written", e);
        }
    }

    public static byte[] bytes(Object ours) {
        try {
            return MAPPER.writeValueAsBytes(ours);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can be written", e);
        }
    }

    /** @throws UncheckedIOException where it is not what {@link #bytes} wrote */
    public static <T> T read(byte[] bytes, TypeReference<T> type) {
        try {
            return MAPPER.readValue(bytes, type);
        } catch (IOException e) {
            throw new UncheckedIOException("damaged JSON of ours", e);
        }
    }

    /** @throws UncheckedIOException where it is not what {@link #text} wrote */
    public static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (IOException e) {
            throw new UncheckedIOException("damaged JSON of ours", e);
        }
    }
}
