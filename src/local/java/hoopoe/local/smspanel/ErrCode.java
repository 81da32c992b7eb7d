package hoopoe.local.smspanel;

import java.util.Map;

/** {@code {ErrCode, result}}, a string or an integer by method. */
final class ErrCode {
    static final int UNKNOWN_USER = -1;
    static final int TOO_MANY = -2;
    static final int SEND_ERROR = -3;
    static final int LENGTHS = -4;
    static final int FOREIGN_SENDER = -5;

    private static final Map<Integer, String> TEXTS = Map.of(
            UNKNOWN_USER,
            "کاربر شناسایی نشد",
            TOO_MANY,
            "تعداد شماره ها بیشتر از 60 عدد میباشد",
            SEND_ERROR,
            "خطای ارسال",
            LENGTHS,
            "تعداد پارامترها یکسان نیست",
            FOREIGN_SENDER,
            "شماره ارسال متعلق به شما نیست");

    private ErrCode() {}

    static Php done(Operation operation, Php result) {
        return Php.struct("ErrCode", code(operation, 0), "result", result);
    }

    static Php of(Operation operation, int code) {
        return Php.struct("ErrCode", code(operation, code), "result", new Php.Text(TEXTS.getOrDefault(code, "")));
    }

    private static Php code(Operation operation, int code) {
        return operation.hasIntegerCode() ? new Php.Number(code) : new Php.Text(Integer.toString(code));
    }
}
