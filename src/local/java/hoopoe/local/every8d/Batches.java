package hoopoe.local.every8d;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All batches, oldest first. Used under the agenda's lock only. */
final class Batches {
    private final Map<String, Batch> byId = new LinkedHashMap<>();

    static String newId(Switch.BatchId form) {
        String guid = UUID.randomUUID().toString();
        return switch (form) {
            case GUID -> guid;
            case UPPER_CASE_GUID -> guid.toUpperCase(Locale.ROOT);
            case TOKEN -> "B" + guid.substring(0, 8) + "_" + guid.substring(24);
        };
    }

    void add(Batch batch) {
        byId.put(key(batch.id()), batch);
    }

    Optional<Batch> find(String id) {
        return Optional.ofNullable(byId.get(key(id)));
    }

    Optional<Batch> find(Account owner, String id) {
        return find(id).filter(batch -> batch.account() == owner);
    }

    List<Batch> all() {
        return new ArrayList<>(byId.values());
    }

    private static String key(String id) {
        return id.strip().toLowerCase(Locale.ROOT);
    }
}
