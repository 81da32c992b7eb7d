package hoopoe.message;

/** Characters that a reader cannot see, and so cannot correct. */
public final class InvisibleCharacters {

    private InvisibleCharacters() {}

    /** Whether the character takes no room: zero-width and bidirectional marks, soft hyphens, variation selectors. */
    private static boolean isMark(int c) {
        return c == 0xAD
                || c == 0x34F
                || c == 0x61C
                || c >= 0x180B && c <= 0x180E
                || c >= 0x200B && c <= 0x200F
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2060 && c <= 0x206F
                || c >= 0xFE00 && c <= 0xFE0F
                || c == 0xFEFF;
    }

    /** Removes the marks; spaces stay. */
    public static String removeMarks(String text) {
        if (text.codePoints().noneMatch(InvisibleCharacters::isMark)) {
            return text;
        }
        var visible = new StringBuilder();
        text.codePoints().filter(c -> !isMark(c)).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    /** Whether the whole text is invisible: marks, spaces of any width, and characters that Unicode draws empty. */
    public static boolean isAll(String text) {
        return text.codePoints()
                .allMatch(c -> isMark(c) || Character.isWhitespace(c) || Character.isSpaceChar(c) || isDrawnEmpty(c));
    }

    /** Hangul fillers, and the Braille cell without dots. */
    private static boolean isDrawnEmpty(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
    }
}
