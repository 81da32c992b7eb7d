package hoopoe.local.every8d;

import java.util.Map;

/**
 * The service's own no.
 *
 * @param code below zero
 */
record Refusal(int code, String text) {
    static final int BAD_PARAMETER = -1;
    static final int NO_SUCH_DATA = -3;
    static final int ERASED_OR_SENT = -4;
    static final int OVERDUE = -4;
    static final int BAD_TIME = -6;
    static final int NO_TEXT = -24;
    static final int NO_NUMBER = -27;
    static final int NO_SUCH_ACCOUNT = -100;
    static final int WRONG_PASSWORD = -101;
    static final int NO_SESSION = -301;
    static final int BAD_NUMBER = -306;
    static final int LOCKED = -999;

    private static final Map<Integer, String> TEXTS = Map.of(
            BAD_PARAMETER, "參數錯誤",
            NO_SUCH_DATA, "無法取得指定發送資料",
            BAD_TIME, "預計發送時間格式錯誤",
            NO_TEXT, "簡訊內容不得為空",
            NO_NUMBER, "電話號碼不得為空",
            NO_SUCH_ACCOUNT, "取得連線失敗，無此帳號",
            WRONG_PASSWORD, "取得連線失敗，密碼錯誤",
            NO_SESSION, "Session 資料不存在，請重新登入。",
            LOCKED, "帳號已封鎖，請洽服務窗口。");

    static Refusal of(int code) {
        return new Refusal(code, TEXTS.getOrDefault(code, ""));
    }

    static Refusal erasedOrSent() {
        return new Refusal(ERASED_OR_SENT, "發送資料為刪除狀態或已經送出");
    }

    static Refusal overdue() {
        return new Refusal(OVERDUE, "訊息預計發送時間已逾期");
    }

    String line(Switch.ErrorForm form) {
        return switch (form) {
            case DESCRIBED -> code + "," + text;
            case BARE -> Integer.toString(code);
            case DECIMAL -> code + ".00," + text;
            case JSON -> "{\"Result\":false,\"Status\":\"" + code + "\",\"Msg\":\"" + code + "," + text + "\"}";
        };
    }
}
