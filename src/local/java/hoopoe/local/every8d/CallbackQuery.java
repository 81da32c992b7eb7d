package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The query of a callback: the document's list (§3.1), or the longer one that a public client shows. */
final class CallbackQuery {
    private static final List<String> SEED_LIST = List.of("BatchID", "RM", "RT", "STATUS", "SM", "MR", "USERID");

    private final Switches switches;

    CallbackQuery(Switches switches) {
        this.switches = switches;
    }

    String of(Batch batch, Row row, Instant at, int status, String text) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("BatchID", batchId(batch));
        all.put("RM", encoded(row.order.mobile()));
        all.put("RT", TaipeiTime.compact(at));
        all.put("STATUS", Integer.toString(status));
        all.put("SM", encoded(text));
        all.put("CustID", "CUSTID");
        all.put("UserNo", "000000");
        all.put("ST", TaipeiTime.compact(row.sentAt));
        all.put("MR", Integer.toString(row.order.record()));
        all.put("SUBJECT", encoded(batch.subject()));
        all.put("NAME", encoded(row.order.name()));
        all.put("USERID", encoded(batch.account().user()));
        all.put("SOURCE", "");
        all.put("CHARGE", "0");
        choose(all);
        return all.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("&"));
    }

    private void choose(Map<String, String> all) {
        switch (switches.get(Switch.CallbackList.class)) {
            case LONG -> {}
            case SEED -> all.keySet().retainAll(SEED_LIST);
            case WITHOUT_SUBJECT -> all.remove("SUBJECT");
            case WITHOUT_STATUS -> all.remove("STATUS");
        }
        if (switches.is(Switch.CallbackPlus.RAW)) {
            all.computeIfPresent("RM", (name, mobile) -> mobile.replace("%2b", "+"));
        }
    }

    private String batchId(Batch batch) {
        return switches.is(Switch.CallbackBatchId.UPPER_CASE) ? batch.id().toUpperCase(Locale.ROOT) : batch.id();
    }

    private String encoded(String text) {
        return encode(
                text, switches.is(Switch.CallbackCharset.BIG5) ? Charset.forName("Big5") : StandardCharsets.UTF_8);
    }

    /** As .NET's UrlEncode: lower-case hex, a plus for a blank. */
    static String encode(String text, Charset charset) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(charset)) {
            char c = (char) (b & 0xff);
            if (c == ' ') {
                out.append('+');
            } else if (c < 0x80 && (Character.isLetterOrDigit(c) || "-_.!*()".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02x", (int) c));
            }
        }
        return out.toString();
    }
}
