package hoopoe.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One action on one resource.
 *
 * @param resource as the template writes it, without the marks of a reference
 * @param arn of the resource; {@code *} and {@code ?} are wildcards
 */
record Permission(String action, String resource, Pattern arn) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    /**
     * @param resource a text, {@code !Ref}, {@code !GetAtt} or {@code !Sub}
     * @param names the values of references
     * @throws IllegalArgumentException where that is not known
     */
    static Permission of(String action, JsonNode resource, Map<String, String> names) {
        if (resource.isTextual()) {
            return of(action, resource.asText(), resource.asText());
        }
        if (resource.path("Fn::Sub").isTextual()) {
            var text = resource.path("Fn::Sub").asText();
            var resolved =
                    REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(named(found.group(1), names)));
            return of(action, text, resolved);
        }
        var reference = resource.has("Ref")
                ? resource.path("Ref").asText()
                : resource.path("Fn::GetAtt").asText();
        return of(action, reference, named(reference, names));
    }

    private static Permission of(String action, String resource, String arn) {
        var pattern = Pattern.quote(arn).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return new Permission(action, resource, Pattern.compile(pattern));
    }

    private static String named(String reference, Map<String, String> names) {
        var name = names.get(reference);
        if (name == null) {
            throw new IllegalArgumentException("a policy names " + reference);
        }
        return name;
    }

    boolean covers(String asked, String on) {
        return action.equals(asked) && arn.matcher(on).matches();
    }

    @Override
    public String toString() {
        return action + " on " + resource;
    }
}
