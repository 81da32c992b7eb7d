package hoopoe.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Notes members that do not exist, so that all are told at once. */
final class UnknownMembers extends DeserializationProblemHandler {

    private static final int TOLD = 100;

    private final List<Problem.Error> errors = new ArrayList<>();

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            JsonDeserializer<?> deserializer,
            Object beanOrClass,
            String name)
            throws IOException {
        if (errors.size() < TOLD) {
            errors.add(Problem.Error.of(
                    pointer(parser.getParsingContext()), Problems.UNKNOWN_FIELD, "There is no such member here."));
        }
        parser.skipChildren();
        return true;
    }

    /** Unknown members come from a buffer, whose own level has no name; {@code pathAsPointer} takes it for a step. */
    private static String pointer(JsonStreamContext context) {
        var parent = context.getParent();
        return (parent == null ? "" : pointer(parent)) + step(context);
    }

    private static String step(JsonStreamContext context) {
        if (context.inArray()) {
            return "/" + context.getCurrentIndex();
        }
        return context.getCurrentName() == null ? "" : '/' + Misfit.escaped(context.getCurrentName());
    }

    void refuse() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.of(Problems.UNKNOWN_FIELD, "The body has members that do not exist.")
                    .with(errors));
        }
    }
}
