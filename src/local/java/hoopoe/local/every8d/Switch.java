package hoopoe.local.every8d;

/**
 * What the documents leave open, and the forms that were seen (src/site/providers.md). Each switch is an enum; its first constant
 * is how the simulator starts.
 */
public final class Switch {
    private Switch() {}

    /** The answer to a login: as seen, with legal oddities, or as the document prints it (which is no XML). */
    public enum LoginXml {
        REAL,
        SPACED,
        SEED
    }

    public enum SecondLogin {
        SAME_KEY,
        NEW_KEY
    }

    /** The eleventh wrong password locks and is told so, or the tenth locks. */
    public enum Lock {
        AT_ELEVENTH,
        AFTER_TENTH
    }

    /** {@code -301,text}, {@code -301}, {@code -301.00} or {@code {"Result":false,…}}. */
    public enum ErrorForm {
        DESCRIBED,
        BARE,
        DECIMAL,
        JSON
    }

    /** How getDeliveryStatus names an error: in its own XML or as the other operations do. */
    public enum ReportError {
        XML,
        LINE
    }

    public enum EmptyResult {
        SELF_CLOSED,
        OPEN_CLOSE,
        NIL,
        MISSING
    }

    public enum SendMessage {
        THERE,
        MISSING
    }

    /** {@code 4.0}, {@code 4.00} or {@code 4} for CREDIT and COST. */
    public enum Points {
        ONE_DECIMAL,
        TWO_DECIMALS,
        WHOLE
    }

    /** {@code 4} or {@code 4.0} for SENDED and UNSEND. */
    public enum Counts {
        WHOLE,
        ONE_DECIMAL
    }

    /** Four: {@code 1230.00,4,4.0,guid}, a dot between COST and UNSEND. Six adds FAIL_MOBILE, seven FAIL_BATCHID. */
    public enum Fields {
        FIVE,
        FOUR,
        SIX,
        SEVEN
    }

    /** SENDED counts the sent messages, or the accepted ones, as a public client's test has it. */
    public enum Sended {
        REALLY_SENT,
        TAKEN
    }

    public enum BatchId {
        GUID,
        UPPER_CASE_GUID,
        TOKEN
    }

    /** Without enough credit: some are sent, none is, or all are and the credit goes below zero. */
    public enum Exhausted {
        PARTLY,
        WHOLLY,
        OVERDRAWN
    }

    /** How messages without credit are reported: rows of status 301, which public clients know, or no rows. */
    public enum Unsent {
        ROW_301,
        ABSENT
    }

    public enum BadNumber {
        ROW_MINUS_3,
        CALL_REFUSED
    }

    public enum BadTime {
        ROW_MINUS_6,
        CALL_REFUSED
    }

    /** A time past by more than 24 hours; one past by less is sent at once, or never. */
    public enum PastTime {
        ROW_MINUS_4,
        CALL_REFUSED,
        ANY_PAST_REFUSED
    }

    /** Above 333 characters. */
    public enum TooLong {
        SPLIT,
        ROW_MINUS_5
    }

    /** The price above 333 characters: whole blocks of 333 and a rest, or parts of 67. */
    public enum LongPrice {
        BLOCKS,
        PARTS_OF_67
    }

    public enum ForeignPrice {
        PARTS_OF_70,
        LADDER
    }

    /** {@code 0912345678} in contentXML "must be turned" or is charged as foreign (document §2.3). */
    public enum LocalForm {
        TRIPLE_IN_XML,
        TAIWAN
    }

    /** As seen, or with the flaws of the document's sample (which is no XML). */
    public enum ReportXml {
        REAL,
        SEED
    }

    public enum Mobile {
        PADDED,
        PLAIN,
        LOCAL
    }

    public enum Dates {
        PADDED,
        UNPADDED,
        DASHED,
        RUN_TOGETHER,
        TRAILING_BLANK,
        UNREADABLE,
        BLANK
    }

    /** COUNT is the batch's total, or knows one row more than the page, or promises one too many, or is left out. */
    public enum Count {
        WHOLE_BATCH,
        GROWING,
        ONE_TOO_MANY,
        MISSING
    }

    public enum BeyondEnd {
        EMPTY_PAGE,
        LAST_PAGE,
        NEGATIVE_CODE
    }

    public enum UnknownBatch {
        COUNT_ZERO,
        NEGATIVE_CODE
    }

    public enum RowOrder {
        AS_SENT,
        REVERSED
    }

    public enum RowCost {
        TWO_DECIMALS,
        ONE_DECIMAL,
        BLANK
    }

    public enum ReplyText {
        CDATA,
        CDATA_ON_LINES,
        ESCAPED
    }

    /** The answer to erasing messages that are erased or sent already. */
    public enum EraseAgain {
        EMPTY,
        MINUS_4
    }

    public enum EraseUnknown {
        EMPTY,
        MINUS_3
    }

    public enum Callbacks {
        ON,
        OFF
    }

    /** The long list that a public client shows, the document's, or the long one with one name taken out. */
    public enum CallbackList {
        LONG,
        SEED,
        WITHOUT_SUBJECT,
        WITHOUT_STATUS
    }

    public enum CallbackPlus {
        ENCODED,
        RAW
    }

    public enum CallbackCharset {
        UTF_8,
        BIG5
    }

    public enum CallbackBatchId {
        AS_RETURNED,
        UPPER_CASE
    }

    /** The order of callbacks that are due at the same time. */
    public enum CallbackOrder {
        AS_DUE,
        REVERSED
    }

    /** How often one is made even though it was taken. */
    public enum CallbackTimes {
        ONCE,
        TWICE
    }

    /** Reports of status 0 too, or of final ones only. */
    public enum CallbackInterim {
        FINAL_ONLY,
        ZERO_TOO
    }

    public enum ReplyChannel {
        BOTH,
        REPORT_ONLY,
        CALLBACK_ONLY
    }
}
