package hoopoe.provider.every8d;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.message.Surrogates;
import hoopoe.platform.Json;
import hoopoe.provider.every8d.Every8dSendResultParser.Every8dSendResult.Contradiction;
import hoopoe.provider.every8d.Every8dSendResultParser.Every8dSendResult.ErrorLine;
import hoopoe.provider.every8d.Every8dSendResultParser.Every8dSendResult.MalformedResult;
import hoopoe.provider.every8d.Every8dSendResultParser.Every8dSendResult.TakenByProvider;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Parses the result text of a send (document §1.2), also in the forms that public clients met (src/site/providers.md). Never throws. */
final class Every8dSendResultParser {

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(?:\\.\\d{1,6})?");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,9})(?:\\.0{1,6})?");
    private static final Pattern TWO_IN_ONE = Pattern.compile("\\d{1,9}\\.(\\d{1,6})");
    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern BATCH = Pattern.compile("[^\\s\\p{Cntrl}]{1,64}");

    private Every8dSendResultParser() {}

    /** The result text of a send, parsed. */
    sealed interface Every8dSendResult {

        /**
         * {@code CREDIT,SENDED,COST,UNSEND,BATCH_ID}
         *
         * @param ambiguous the four-field form, in which {@code 4.2} may be a cost or two fields
         */
        record TakenByProvider(
                BigDecimal credit, int sent, BigDecimal cost, int unsent, String batch, boolean ambiguous)
                implements Every8dSendResult {}

        record ErrorLine(Every8dError error) implements Every8dSendResult {}

        /** A refusal with a batch id: {@code -12.50,3,3,0,<guid>}, or JSON that contradicts itself. */
        record Contradiction(String batch) implements Every8dSendResult {}

        record MalformedResult() implements Every8dSendResult {}
    }

    static Every8dSendResult read(String result) {
        var text = stripped(result);
        return text.startsWith("{") ? json(text) : line(text);
    }

    /** Parses every form but JSON. */
    static Every8dSendResult line(String text) {
        var fields = Arrays.stream(text.split(",", -1)).map(String::strip).toArray(String[]::new);
        if (text.startsWith("-")) {
            return negative(text, fields);
        }
        if (fields.length >= 5) {
            return five(fields);
        }
        return fields.length == 4 ? four(fields) : new MalformedResult();
    }

    /** {@code {"Result":false,"Status":"…","Msg":"…"}}, as public clients met it. */
    private static Every8dSendResult json(String text) {
        return Json.document(text).map(Every8dSendResultParser::json).orElseGet(MalformedResult::new);
    }

    private static Every8dSendResult json(JsonNode json) {
        var message = line(message(json));
        var failed = json.path("Result").asText("").equalsIgnoreCase("false");
        if (message instanceof TakenByProvider takenByProvider && failed) {
            return new Contradiction(takenByProvider.batch());
        }
        if (message instanceof ErrorLine && json.path("Result").asText("").equalsIgnoreCase("true")) {
            return new MalformedResult();
        }
        return message;
    }

    /** The error line of an answer in JSON; the text itself where it is not JSON. */
    static String errorLine(String text) {
        return text.startsWith("{")
                ? Json.document(text).map(Every8dSendResultParser::message).orElse(text)
                : text;
    }

    private static String message(JsonNode json) {
        return Surrogates.whole(json.path("Msg").asText("")).strip();
    }

    static boolean isGuid(String batch) {
        return GUID.matcher(batch).matches();
    }

    /** Recognizes an error by what its fields are, not by their number, because an error text may contain commas. */
    private static Every8dSendResult negative(String text, String[] fields) {
        for (int batch = 3; batch <= 4; batch++) {
            if (fields.length > batch && isGuid(fields[batch]) && haveNoWords(fields, batch)) {
                return new Contradiction(fields[batch]);
            }
        }
        if (fields.length == 5 && isSent(fields)) {
            return new Contradiction(fields[4]);
        }
        return Every8dError.of(text).<Every8dSendResult>map(ErrorLine::new).orElseGet(MalformedResult::new);
    }

    /** {@code -12.50,1,1.0,0,AB-12}: credit, counts, cost and batch id, like a send that was accepted. */
    private static boolean isSent(String[] fields) {
        return isDecimal(fields[0])
                && isCount(fields[1])
                && isCost(fields[2])
                && isCount(fields[3])
                && isBatch(fields[4]);
    }

    /** Also {@code -12.50,3,3+0,<guid>}: a number that is damaged proves no refusal. */
    private static boolean haveNoWords(String[] fields, int count) {
        return Arrays.stream(fields).limit(count).noneMatch(field -> field.chars()
                .anyMatch(Character::isLetter));
    }

    /** {@code 4.0,1,1.0,0,65408eb7-1df2-449c-9cb9-4a9162c70cda}; further fields contain numbers and are ignored. */
    private static Every8dSendResult five(String[] fields) {
        return isSent(fields)
                ? new TakenByProvider(
                        new BigDecimal(fields[0]),
                        count(fields[1]),
                        new BigDecimal(fields[2]),
                        count(fields[3]),
                        fields[4],
                        false)
                : new MalformedResult();
    }

    /** {@code 1230.00,4,4.0,220478cc-8506-49b2-93b7-2505f651c12e}: the dot may stand for a comma. */
    private static Every8dSendResult four(String[] fields) {
        var third = TWO_IN_ONE.matcher(fields[2]);
        return isDecimal(fields[0]) && isCount(fields[1]) && third.matches() && isGuid(fields[3])
                ? new TakenByProvider(
                        new BigDecimal(fields[0]),
                        count(fields[1]),
                        new BigDecimal(fields[2]),
                        0,
                        fields[3],
                        Integer.parseInt(third.group(1)) != 0)
                : new MalformedResult();
    }

    private static String stripped(String result) {
        return result.replace("\uFEFF", "").strip();
    }

    private static boolean isDecimal(String field) {
        return DECIMAL.matcher(field).matches();
    }

    private static boolean isCost(String field) {
        return isDecimal(field) && !field.startsWith("-");
    }

    private static boolean isCount(String field) {
        return COUNT.matcher(field).matches();
    }

    private static boolean isBatch(String field) {
        return BATCH.matcher(field).matches();
    }

    private static int count(String field) {
        return new BigDecimal(field).intValueExact();
    }
}
