package hoopoe.api.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Suggests the member that a caller means by one that does not exist. */
final class MemberSuggestion {

    /** Words of other gateways, with the members that are meant: the first that exists at that place. */
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("from", List.of("account")),
            Map.entry("sender", List.of("account")),
            Map.entry("provider", List.of("account")),
            Map.entry("route", List.of("account")),
            Map.entry("body", List.of("text")),
            Map.entry("message", List.of("text")),
            Map.entry("content", List.of("text")),
            Map.entry("msg", List.of("text")),
            Map.entry("phone", List.of("to", "recipients")),
            Map.entry("phonenumber", List.of("to", "recipients")),
            Map.entry("mobile", List.of("to", "recipients")),
            Map.entry("number", List.of("to", "recipients")),
            Map.entry("msisdn", List.of("to", "recipients")),
            Map.entry("to", List.of("recipients")),
            Map.entry("recipient", List.of("to", "recipients")),
            Map.entry("destination", List.of("to", "recipients")),
            Map.entry("destinations", List.of("recipients")),
            Map.entry("messages", List.of("recipients")),
            Map.entry("numbers", List.of("recipients")),
            Map.entry("params", List.of("variables")),
            Map.entry("parameters", List.of("variables")),
            Map.entry("placeholders", List.of("variables")),
            Map.entry("ttl", List.of("validity_seconds")),
            Map.entry("validity", List.of("validity_seconds")),
            Map.entry("validityperiod", List.of("validity_seconds")),
            Map.entry("scheduledat", List.of("send_at")),
            Map.entry("scheduleat", List.of("send_at")),
            Map.entry("schedule", List.of("send_at")),
            Map.entry("sendtime", List.of("send_at")),
            Map.entry("clientref", List.of("reference")),
            Map.entry("clientreference", List.of("reference")),
            Map.entry("externalid", List.of("reference")),
            Map.entry("id", List.of("reference")),
            Map.entry("rcvmsgid", List.of("received_id")),
            Map.entry("dryrun", List.of("dry_run")),
            Map.entry("test", List.of("dry_run")));

    /** No members: callback URLs are agreed with the provider, and callers read the result by {@code GET}. */
    private static final List<String> CALLBACKS =
            List.of("callbackurl", "callback", "webhook", "webhookurl", "statuscallback", "dlrurl", "notifyurl");

    private static final int LONGEST = 40;
    private static final int MISSPELT = 2;

    private MemberSuggestion() {}

    /** The end of the sentence {@code There is no such member here}; a full stop where there is no suggestion. */
    static String hint(String name, Collection<Object> members) {
        var plain = plain(name);
        if (name.length() > LONGEST || plain.isEmpty()) {
            return ".";
        }
        return CALLBACKS.contains(plain)
                ? ": GET /v1/batches/{id} tells what became of it."
                : meant(plain, members).map("; did you mean \"%s\"?"::formatted).orElse(".");
    }

    private static Optional<String> meant(String plain, Collection<Object> members) {
        var known = members.stream().map(Object::toString).sorted().toList();
        return WORDS.getOrDefault(plain, List.of()).stream()
                .filter(known::contains)
                .findFirst()
                .or(() -> known.stream()
                        .filter(member -> distance(plain, plain(member)) <= Math.min(MISSPELT, plain.length() / 3))
                        .findFirst());
    }

    /** Without case and what joins its words: {@code sendAt}, {@code send-at}. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** How many letters must be changed, inserted or left out (Levenshtein). */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}
