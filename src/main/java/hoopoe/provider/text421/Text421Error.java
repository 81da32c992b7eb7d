package hoopoe.provider.text421;

import hoopoe.observability.Redactor;
import java.util.Arrays;
import java.util.Locale;

/**
 * The provider's reason for a refusal (document, error response). Eight reasons share the number 400, so the words decide. Their
 * ends vary, and one is misspelt on the page of {@code smsSendXML}.
 */
enum Text421Error {
    UNKNOWN_PREFIX("unknown prefix"),
    UNKNOWN_NETWORK("unknown network", "unknwon network"),
    /** The provider knows no received SMS with this {@code rcv_msg_id}. */
    MISSING_INCOMING_MSG("missing incoming msg"),
    MISSING_PARAMETER("missing parameter"),
    UNKNOWN_TYPE("unknown type"),
    OTHER;

    private final String[] beginnings;

    Text421Error(String... beginnings) {
        this.beginnings = beginnings;
    }

    static Text421Error of(String description) {
        var words = description.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
        return Arrays.stream(values())
                .filter(text421Error -> Arrays.stream(text421Error.beginnings).anyMatch(words::startsWith))
                .findFirst()
                .orElse(OTHER);
    }

    /** Whether a refusal's code, as {@link #code} made it, is a mistake of ours. */
    static boolean isOurs(String code) {
        return code.equals(MISSING_PARAMETER.code(0)) || code.equals(UNKNOWN_TYPE.code(0));
    }

    /** {@code unknown_prefix} or the like; the number where the words are unknown. */
    String code(int status) {
        return this == OTHER ? Integer.toString(status) : name().toLowerCase(Locale.ROOT);
    }

    static String text(int status, String description) {
        return Redactor.text((status + " " + description).strip());
    }
}
