package hoopoe.secret;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.platform.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The content of one secret: {@code {"user": "…", "password": "…", "billing_key": "…", "callback_tokens": ["…", "…"]}}; the
 * tokens may also be one text with commas. Other members are ignored. The secret that is no account's has {@code number_keys},
 * which are written as the tokens are.
 *
 * @param user empty where there is none, like the other texts
 * @param numberKeys of the tags of numbers, the current one first
 * @param version of the secret in its store
 */
record AccountSecret(
        String user,
        String password,
        String billingKey,
        List<String> callbackTokens,
        List<String> numberKeys,
        String version) {

    AccountSecret {
        callbackTokens = List.copyOf(callbackTokens);
        numberKeys = List.copyOf(numberKeys);
    }

    /** @return empty where it is not such an object; its content is never reported, because it could be a password */
    static Optional<AccountSecret> read(String json, String version) {
        return Json.tree(json).flatMap(read -> read(read, version));
    }

    private static Optional<AccountSecret> read(JsonNode json, String version) {
        var isWhole = json.isObject()
                && Stream.of("user", "password", "billing_key").allMatch(member -> isText(json.path(member)))
                && areTokens(json.path("callback_tokens"))
                && areTokens(json.path("number_keys"));
        return isWhole
                ? Optional.of(new AccountSecret(
                        json.path("user").asText(),
                        json.path("password").asText(),
                        json.path("billing_key").asText(),
                        tokens(json.path("callback_tokens")),
                        tokens(json.path("number_keys")),
                        version))
                : Optional.empty();
    }

    private static boolean isText(JsonNode member) {
        return member.isMissingNode() || member.isTextual();
    }

    private static boolean areTokens(JsonNode member) {
        return isText(member) || member.isArray() && texts(member).allMatch(JsonNode::isTextual);
    }

    private static List<String> tokens(JsonNode member) {
        var written = member.isArray()
                ? texts(member).map(JsonNode::asText)
                : Arrays.stream(member.asText().split(","));
        return written.map(String::trim).filter(token -> !token.isEmpty()).toList();
    }

    private static Stream<JsonNode> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Empty where user or password are missing. */
    Optional<Credentials> credentials() {
        return user.isEmpty() || password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(user, password, billingKey, version));
    }

    @Override
    public String toString() {
        return "AccountSecret[********]";
    }
}
