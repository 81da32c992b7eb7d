package hoopoe.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects members that do not exist, so that the response names them all at once. */
final class UnknownMembers extends DeserializationProblemHandler {

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
        return (holder.getParent() == null ? "" : pointer(holder.getParent())) + '/' + JsonErrors.escaped(name);
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
        return context.getCurrentName() == null ? "" : '/' + JsonErrors.escaped(context.getCurrentName());
    }

    void refuse() {
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    Problem.of(ProblemCatalogue.UNKNOWN_FIELD, "The body has members that do not exist.")
                            .with(errors));
        }
    }
}
