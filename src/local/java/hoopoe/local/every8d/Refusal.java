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
    static final int BUSY = -97;
    static final int UNKNOWN_ERROR = -99;
    static final int NO_SUCH_ACCOUNT = -100;
    static final int WRONG_PASSWORD = -101;
    static final int NO_SESSION = -301;
    static final int BAD_NUMBER = -306;
    static final int LOCKED = -999;

    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(BAD_PARAMETER, "參數錯誤"),
            Map.entry(NO_SUCH_DATA, "無法取得指定發送資料"),
            Map.entry(BAD_TIME, "預計發送時間格式錯誤"),
            Map.entry(NO_TEXT, "簡訊內容不得為空"),
            Map.entry(NO_NUMBER, "電話號碼不得為空"),
            Map.entry(BUSY, "系統忙碌中，請稍後再試"),
            Map.entry(UNKNOWN_ERROR, " 主機端發生不明錯誤，請與廠商窗口聯繫。"),
            Map.entry(NO_SUCH_ACCOUNT, "取得連線失敗，無此帳號"),
            Map.entry(WRONG_PASSWORD, "取得連線失敗，密碼錯誤"),
            Map.entry(NO_SESSION, "Session 資料不存在，請重新登入。"),
            Map.entry(LOCKED, "帳號已封鎖，請洽服務窗口。"));

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
