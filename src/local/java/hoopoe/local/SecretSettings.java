package hoopoe.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The functions' settings that AWS keeps in Secrets Manager and not in environment variables: {@code HOOPOE_ACCOUNTS_<NAME>_PASSWORD} and
 * the like.
 */
final class SecretSettings {

    private static final Pattern SECRET =
            Pattern.compile("HOOPOE_ACCOUNTS_([A-Z][A-Z0-9]*)_(USER|PASSWORD|BILLING_KEY|CALLBACK_TOKENS)");

    private SecretSettings() {}

    /**
     * Takes them out of the variables.
     *
     * @return by account, as one secret holds them
     */
    static Map<String, String> take(Map<String, String> variables) {
        var secrets = new TreeMap<String, ObjectNode>();
        for (var name : List.copyOf(variables.keySet())) {
            var matcher = SECRET.matcher(name);
            if (matcher.matches()) {
                add(
                        secrets.computeIfAbsent(
                                matcher.group(1).toLowerCase(Locale.ROOT),
                                account -> JsonNodeFactory.instance.objectNode()),
                        matcher.group(2).toLowerCase(Locale.ROOT),
                        variables.remove(name));
            }
        }
        var written = new TreeMap<String, String>();
        secrets.forEach((account, secret) -> written.put(account, secret.toString()));
        return written;
    }

    private static void add(ObjectNode secret, String member, String value) {
        if (member.equals("callback_tokens")) {
            var tokens = secret.putArray(member);
            for (var token : value.split(",")) {
                tokens.add(token);
            }
        } else {
            secret.put(member, value);
        }
    }
}
