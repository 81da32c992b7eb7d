package hoopoe.local.stage;

import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Exchange;
import hoopoe.local.wire.WireLog;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The wire log as JSON, with everything in it: accounts and numbers of a simulator are nobody's. */
final class WireJson {
    private static final String FILTER = "operation=";

    private WireJson() {}

    static Map<String, Object> of(WireLog log, String query) {
        List<Exchange> exchanges =
                query.startsWith(FILTER) ? log.exchanges(query.substring(FILTER.length())) : log.exchanges();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("connections", log.connections());
        out.put("counts", log.counts());
        out.put("exchanges", exchanges.stream().map(WireJson::exchange).toList());
        out.put("fragments", log.fragments().stream().map(WireJson::fragment).toList());
        return out;
    }

    private static Map<String, Object> exchange(Exchange exchange) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("number", exchange.number());
        out.put("operation", exchange.operation());
        out.put("connection", exchange.request().connection());
        out.put("arrived", exchange.request().arrived().toString());
        out.put("request", new String(exchange.request().raw(), StandardCharsets.UTF_8));
        out.put("status", exchange.answer().map(Answer::status).orElse(0));
        out.put("answer", exchange.answer().map(Answer::text).orElse(""));
        return out;
    }

    private static Map<String, Object> fragment(WireLog.Fragment fragment) {
        return Map.of(
                "connection",
                fragment.connection(),
                "arrived",
                new String(fragment.arrived(), StandardCharsets.UTF_8),
                "reason",
                fragment.reason());
    }
}
