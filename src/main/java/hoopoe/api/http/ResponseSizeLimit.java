package hoopoe.api.http;

import java.util.List;

/**
 * Limits the rows of a list to what one response carries. Lambda takes 6 MB, and the body is a string in its JSON: each quote
 * and backslash of the body costs a byte more.
 */
public final class ResponseSizeLimit {

    /** In bytes, for the rows of a page. */
    public static final int MOST = 4_000_000;

    private ResponseSizeLimit() {}

    /** The first rows, as many as fit; at least one, where there is one. */
    public static <T> List<T> of(List<T> rows) {
        long size = 0;
        for (int i = 0; i < rows.size(); i++) {
            size += size(ApiJson.write(rows.get(i))) + 1;
            if (size > MOST && i > 0) {
                return rows.subList(0, i);
            }
        }
        return rows;
    }

    private static long size(String json) {
        long size = 0;
        for (int i = 0; i < json.length(); i++) {
            size += size(json.charAt(i));
        }
        return size;
    }

    /** Half of a surrogate pair is half of four bytes. */
    private static int size(char c) {
        if (c < 0x80) {
            return c == '"' || c == '\\' ? 2 : 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
