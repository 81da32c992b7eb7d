package hoopoe.api.status;

import hoopoe.api.http.ProblemCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The place where a list goes on, as an opaque text. Each list has its own cursors. */
enum ListCursor {
    BATCHES("b"),
    MESSAGES("m"),
    REPLIES("r"),
    SEARCH("s");

    private final String mark;

    ListCursor(String mark) {
        this.mark = mark;
    }

    String of(Object place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((mark + place).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws hoopoe.api.http.ProblemException {@code cursor_invalid} where the text is no cursor, or another list's */
    String read(String cursor) {
        return decoded(cursor)
                .filter(place -> place.startsWith(mark))
                .map(place -> place.substring(mark.length()))
                .orElseThrow(ListCursor::invalid);
    }

    static RuntimeException invalid() {
        return ProblemCatalogue.CURSOR_INVALID.because("The cursor is not one that this list gave.");
    }

    private static Optional<String> decoded(String cursor) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
