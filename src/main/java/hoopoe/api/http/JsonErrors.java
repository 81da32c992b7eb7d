package hoopoe.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns a JSON error into a problem: it says where the error is and what should be there, but nothing of what is there. */
final class JsonErrors {

    private JsonErrors() {}

    static ProblemException of(JsonProcessingException e, Class<?> whole) {
        if (e instanceof JsonMappingException mapping) {
            var words = isBeyond(mapping) ? "a whole number of at most 64 bits" : words(expected(mapping, whole));
            return new ProblemException(
                    Problem.at(pointer(mapping), ProblemCatalogue.INVALID_REQUEST, "This must be " + words + '.'));
        }
        return new ProblemException(Problem.at("", ProblemCatalogue.INVALID_REQUEST, "The body is not valid."));
    }

    /** Only the cause tells that a number is too large for its member. Every number in a body is a {@code Long}. */
    private static boolean isBeyond(JsonMappingException e) {
        return e.getCause() instanceof InputCoercionException;
    }

    private static Class<?> expected(JsonMappingException e, Class<?> whole) {
        return e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                ? mismatch.getTargetType()
                : whole;
    }

    private static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(step ->
                        step.getFieldName() == null ? Integer.toString(step.getIndex()) : escaped(step.getFieldName()))
                .map(step -> '/' + step)
                .collect(Collectors.joining());
    }

    /** RFC 6901. A name may have half a surrogate pair, which no response could carry. */
    static String escaped(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replace("~", "~0")
                .replace("/", "~1");
    }

    private static String words(Class<?> type) {
        if (type == String.class) {
            return "a string";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number: digits without quotes, fraction or exponent";
        } else if (Collection.class.isAssignableFrom(type)) {
            return "an array without nulls";
        } else if (Map.class.isAssignableFrom(type)) {
            return "an object without nulls";
        }
        return "an object";
    }
}
