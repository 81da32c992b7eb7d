package hoopoe.local.every8d;

/** The answers to getConnection. */
final class LoginText {
    private static final String WELCOME = "取得連線成功";

    private LoginText() {}

    static String granted(String key, Switch.LoginXml form) {
        return switch (form) {
            case REAL -> real("0", key, WELCOME + "。");
            case SPACED -> spaced(key);
            case SEED -> seed(key);
        };
    }

    static String refused(Refusal refusal) {
        return real(Integer.toString(refusal.code()), "", refusal.text());
    }

    /** As seen: {@code <?xml …?><SMS><GET_CONNECTION><CODE>0</CODE>…}. */
    private static String real(String code, String key, String description) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><SMS><GET_CONNECTION>" + Xml.element("CODE", code)
                + Xml.element("SESSION_KEY", key) + Xml.element("DESCRIPTION", description)
                + "</GET_CONNECTION></SMS>";
    }

    /** Blanks wherever XML allows them. */
    private static String spaced(String key) {
        return """
                <?xml version="1.0" encoding="utf-8" ?>
                <SMS>
                  <GET_CONNECTION>
                    <CODE> 0 </CODE >
                    <SESSION_KEY> %s
                    </SESSION_KEY >
                    <DESCRIPTION>%s</DESCRIPTION>
                  </GET_CONNECTION>
                </SMS >
                """.formatted(key, WELCOME);
    }

    /** The sample of the document with its blanks and backslashes. */
    private static String seed(String key) {
        return """
                <?xml version=" 1.0" encoding=" utf-8" ?>
                <SMS>
                  <GET_CONNECTION>
                    <CODE>0</CODE >

                <SESSION\\_KEY> %s</SESSION\\_KEY>

                <DESCRIPTION>%s</DESCRIPTION>

                </GET\\_CONNECTION>

                </SMS >
                """.formatted(key, WELCOME);
    }
}
