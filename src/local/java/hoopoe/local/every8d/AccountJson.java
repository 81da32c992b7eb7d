package hoopoe.local.every8d;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.stage.Control;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Accounts for the control surface. */
final class AccountJson {
    private AccountJson() {}

    static Map<String, Object> of(Account account) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("user", account.user());
        out.put("credit", account.credit());
        out.put("international", account.international());
        out.put("locked", account.locked());
        out.put("callback", account.callback().map(URI::toString).orElse(""));
        return out;
    }

    /** Opens an account or changes one; members that are left out stay as they are. */
    static Map<String, Object> open(Every8dSimulator simulator, JsonNode body) {
        String user = Control.text(body, "user");
        Account account = simulator
                .accounts()
                .find(user)
                .orElseGet(() -> simulator.account(user, Control.text(body, "password")));
        body.properties()
                .forEach(one -> change(account, one.getKey(), one.getValue().asText()));
        return of(account);
    }

    private static void change(Account account, String setting, String value) {
        switch (setting) {
            case "user" -> {}
            case "password" -> account.password(value);
            case "credit" -> account.credit(new BigDecimal(value).toPlainString());
            case "price" -> account.price(new BigDecimal(value).toPlainString());
            case "international" -> account.international(Boolean.parseBoolean(value));
            case "callback" -> account.callback(URI.create(value));
            case "locked" -> account.unlock();
            default -> throw new IllegalArgumentException("no setting " + setting);
        }
    }
}
