package hoopoe.store;

import org.jspecify.annotations.Nullable;

/** What the writes of a dispatch have in common. */
final class DispatchWrite {

    /** With its state and its fence: nobody else has moved it. */
    static final String AS_SEEN = "{state} = ? AND {fence} = ?";

    /** Provider words are kept for people, in an item of at most 1 KB. */
    private static final int WORDS = 200;

    private DispatchWrite() {}

    static Write at(DispatchId id) {
        return Write.update(Keys.dispatch(id.batch(), id.n()));
    }

    static Write note(Write write, @Nullable String code, @Nullable String text) {
        return write.set(DispatchItem.CODE, code)
                .set(DispatchItem.TEXT, text == null || text.isEmpty() ? null : cut(text));
    }

    private static String cut(String text) {
        return text.length() <= WORDS ? text : text.substring(0, WORDS);
    }
}
