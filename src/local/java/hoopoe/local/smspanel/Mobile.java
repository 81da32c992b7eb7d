package hoopoe.local.smspanel;

import java.util.Optional;

/** A subscriber's number, however it is written: the last ten digits of an Iranian one, {@code 9121234567}. */
record Mobile(String national) {

    static Optional<Mobile> parse(String written) {
        String digits = written.strip();
        for (String prefix : new String[] {"+98", "0098", "98", "0"}) {
            if (digits.startsWith(prefix)) {
                digits = digits.substring(prefix.length());
                break;
            }
        }
        return digits.matches("9[0-9]{9}") ? Optional.of(new Mobile(digits)) : Optional.empty();
    }

    /** The form by which repeated recipients are found; a text that is no number stays as written. */
    static String canonical(String written) {
        return parse(written).map(Mobile::national).orElse(written);
    }

    String international() {
        return "+98" + national;
    }
}
