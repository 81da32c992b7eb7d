package hoopoe.local.secrets;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets by name, each in its current version. */
final class StoredSecrets {

    private final Map<String, Version> secrets = new ConcurrentHashMap<>();

    /** @param text the secret */
    record Version(String id, String text) {

        static Version of(String text) {
            return new Version(UUID.randomUUID().toString(), text);
        }

        @Override
        public String toString() {
            return "Version[" + id + ']';
        }
    }

    Optional<Version> find(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    Set<String> names() {
        return new TreeSet<>(secrets.keySet());
    }

    /** @return the id of the version */
    String put(String name, String text) {
        var version = Version.of(text);
        secrets.put(name, version);
        return version.id();
    }

    /** @return empty where there is one already */
    Optional<String> create(String name, String text) {
        var version = Version.of(text);
        return secrets.putIfAbsent(name, version) == null ? Optional.of(version.id()) : Optional.empty();
    }

    boolean remove(String name) {
        return secrets.remove(name) != null;
    }
}
