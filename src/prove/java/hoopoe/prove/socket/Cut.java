package hoopoe.prove.socket;

/** How much of the right answer leaves. */
enum Cut {
    STATUS_LINE,
    HEADERS,
    HEAD,
    BODY,
    LAST_BYTE,
    WHOLE;

    /** So many bytes of {@link RightAnswer#in}; no two framings give the same. */
    int of(RightAnswer answer, Framing framing) {
        int head = answer.head(framing.header(answer.body())).length;
        int all = answer.in(framing).length;
        return switch (this) {
            case STATUS_LINE ->
                switch (framing) {
                    case LENGTH -> "HTTP/1".length();
                    case CHUNKED -> "HTTP/1.1 2".length();
                    case UNTIL_CLOSE -> answer.start().length();
                };
            case HEADERS ->
                answer.start().length() + framing.header(answer.body()).length() + 8;
            case HEAD -> head;
            case BODY -> head + (all - head) / 2;
            case LAST_BYTE -> all - 1;
            case WHOLE -> all;
        };
    }
}
