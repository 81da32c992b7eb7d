package hoopoe.provider.text421;

import hoopoe.observability.Redactor;
import java.util.Arrays;
import java.util.Locale;

/**
 * Why the provider said no: eight reasons share the number 400, so the words tell (providers.md A2). Their ends vary, and one
 * is misspelt.
 */
enum Text421Error {
    UNKNOWN_PREFIX("unknown prefix"),
    UNKNOWN_NETWORK("unknown network", "unknwon network"),
    /** The provider knows no received SMS of this {@code rcv_msg_id}. */
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

    /** Whether a code of a refusal, as {@link #code} made it, is a mistake of ours. */
    static boolean isOurs(String code) {
        return code.equals(MISSING_PARAMETER.code(0)) || code.equals(UNKNOWN_TYPE.code(0));
    }

    /** {@code unknown_prefix}, or the number where no word is known. */
    String code(int status) {
        return this == OTHER ? Integer.toString(status) : name().toLowerCase(Locale.ROOT);
    }

    static String text(int status, String description) {
        return Redactor.text((status + " " + description).strip());
    }
}
