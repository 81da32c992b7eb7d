package hoopoe.local.text421;

/** The service's answer to a send. */
record Verdict(int status, String description, int recipients) {

    static Verdict taken(int recipients) {
        return new Verdict(200, "OK", recipients);
    }

    static Verdict bad(String description) {
        return new Verdict(400, description, 0);
    }

    static Verdict unknownError() {
        return new Verdict(500, "unknown error", 0);
    }

    boolean isTaken() {
        return status == 200;
    }
}
