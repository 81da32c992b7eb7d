package hoopoe.local.every8d;

import java.util.LinkedHashMap;
import java.util.Map;

/** Batches for the control surface. */
final class BatchJson {
    private BatchJson() {}

    static Map<String, Object> of(SentBatch batch) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", batch.id());
        out.put("user", batch.user());
        out.put("operation", batch.operation());
        out.put("subject", batch.subject());
        out.put("retryTime", batch.retryTime());
        out.put("orderedAt", batch.orderedAt().toString());
        out.put("messages", batch.messages().stream().map(BatchJson::message).toList());
        return out;
    }

    private static Map<String, Object> message(SentMessage message) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("mobile", message.mobile());
        out.put("name", message.name());
        out.put("text", message.text());
        out.put("status", message.status());
        out.put("cost", message.cost());
        out.put("sentAt", message.sentAt().toString());
        out.put("replies", message.replies());
        return out;
    }
}
