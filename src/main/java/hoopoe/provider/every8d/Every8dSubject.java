package hoopoe.provider.every8d;

import hoopoe.message.Surrogates;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The subject, which only we read: the provider echoes it in its callbacks, so its end names the dispatch even if the answer to
 * the send was lost. A public client's callback has it; the document does not promise it.
 */
final class Every8dSubject {

    /** The longest note; no document gives a limit. */
    private static final int LONGEST = 60;

    private static final Pattern TOKEN = Pattern.compile("(?:^|.*\\s)#([A-Za-z0-9_.:-]{1,64})\\s*", Pattern.DOTALL);
    /** Matches anywhere, because a provider may cut the text after it. */
    private static final Pattern OF_A_DISPATCH = Pattern.compile("#[0-7][0-9A-Z]{25}-\\d", Pattern.CASE_INSENSITIVE);

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    private Every8dSubject() {}

    /** {@code note #token} */
    static String with(String subject, String token) {
        var note = BLANKS.matcher(subject).replaceAll(" ").strip();
        var cut = Surrogates.cut(note, LONGEST).strip();
        return (cut + " #" + token).strip();
    }

    /** Whether a note contains what would be read as the name of a dispatch. */
    static boolean namesADispatch(String note) {
        return OF_A_DISPATCH.matcher(note).find();
    }

    static Optional<String> token(String subject) {
        var found = TOKEN.matcher(subject);
        return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
