package hoopoe.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    /** Collects members that do not exist, so that the response names them all at once. */
    static final class UnknownMembers extends DeserializationProblemHandler {

        private static final int TOLD = 100;

        private final List<Problem.InvalidField> errors = new ArrayList<>();

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object beanOrClass,
                String name)
                throws IOException {
            if (errors.size() < TOLD) {
                errors.add(Problem.InvalidField.of(
                        pointer(parser, name),
                        ProblemCatalogue.UNKNOWN_FIELD,
                        "There is no such member here"
                                + MemberSuggestion.hint(name, deserializer.getKnownPropertyNames())));
            }
            parser.skipChildren();
            return true;
        }

        /** The parser stands at the member's value; where that is an array or object, it is already inside. */
        private static String pointer(JsonParser parser, String name) {
            var context = parser.getParsingContext();
            var token = parser.currentToken();
            var holder = token != null && token.isStructStart() ? context.getParent() : context;
            return (holder.getParent() == null ? "" : pointer(holder.getParent())) + '/' + escaped(name);
        }

        /** Unknown members come from a buffer whose own level has no name; {@code pathAsPointer} counts it as a step. */
        private static String pointer(JsonStreamContext context) {
            var parent = context.getParent();
            return (parent == null ? "" : pointer(parent)) + step(context);
        }

        private static String step(JsonStreamContext context) {
            if (context.inArray()) {
                return "/" + context.getCurrentIndex();
            }
            return context.getCurrentName() == null ? "" : '/' + escaped(context.getCurrentName());
        }

        void refuse() {
            if (!errors.isEmpty()) {
                throw new ProblemException(
                        Problem.of(ProblemCatalogue.UNKNOWN_FIELD, "The body has members that do not exist.")
                                .with(errors));
            }
        }
    }
}
