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

    /** Not the context's own {@code pathAsPointer}: it writes a slash too many before a name that needs escaping. */
    private static String pointer(JsonStreamContext context) {
        if (context.inRoot()) {
            return "";
        }
        var step = context.inArray() ? Integer.toString(context.getCurrentIndex()) : context.getCurrentName();
        return pointer(context.getParent()) + '/' + Misfit.escaped(step);
    }

    void refuse() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.of(Problems.UNKNOWN_FIELD, "The body has members that do not exist.")
                    .with(errors));
        }
    }
}
