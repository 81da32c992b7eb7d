package hoopoe.prove.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON as an input writes it, read to a class as Lambda and the API do it. */
public final class WrittenJson {

    private static final ObjectMapper EVENTS = mapper(PropertyNamingStrategies.LOWER_CAMEL_CASE);
    private static final ObjectMapper BODIES = mapper(PropertyNamingStrategies.SNAKE_CASE);

    private WrittenJson() {}

    private static ObjectMapper mapper(PropertyNamingStrategy names) {
        return JsonMapper.builder()
                .propertyNamingStrategy(names)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** An event of Lambda. Empty where it is none: Lambda gives JSON that can be read. */
    public static <T> Optional<T> event(byte[] input, Class<T> type) {
        return read(input, type, EVENTS);
    }

    /** The body of a request. Empty where it is none. */
    public static <T> Optional<T> body(byte[] input, Class<T> type) {
        return read(input, type, BODIES);
    }

    private static <T> Optional<T> read(byte[] input, Class<T> type, ObjectMapper mapper) {
        try {
            return Optional.ofNullable(mapper.readValue(input, type));
        } catch (JsonProcessingException | CharConversionException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
