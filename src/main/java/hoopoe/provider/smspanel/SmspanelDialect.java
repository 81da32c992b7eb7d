package hoopoe.provider.smspanel;

import hoopoe.account.Account;
import hoopoe.config.AccountOption;
import hoopoe.provider.xml.XmlText;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The variant of the protocol at one installation of the panel, which is sold under many brands with different endpoints.
 *
 * @param url of the calls, without {@code ?wsdl}
 * @param sender the customer's own number, {@code fromNum}
 * @param action with {@code %s} in place of the method's name
 * @param orders of the parameters, where they differ from the documented ones
 */
record SmspanelDialect(
        URI url,
        String sender,
        String namespace,
        String action,
        Map<SmspanelMethod, List<String>> orders,
        SmspanelNumbers.NumberForm form) {

    private static final String OPERATION = "%s";
    private static final URI NOWHERE = URI.create("");

    /** @throws IllegalArgumentException where the settings are invalid, saying which */
    static SmspanelDialect of(Account account) {
        var sender = account.option(AccountOption.FROM);
        if (sender.isEmpty()) {
            throw new IllegalArgumentException("from is the customer's own number at the panel");
        }
        var namespace = account.option(AccountOption.NAMESPACE);
        if (!XmlText.carries(sender + namespace)) {
            throw new IllegalArgumentException("from and namespace are texts that XML can carry");
        }
        return new SmspanelDialect(
                url(account),
                sender,
                namespace,
                account.option(AccountOption.SOAP_ACTION),
                orders(account.option(AccountOption.PARAMETER_ORDER)),
                SmspanelNumbers.NumberForm.of(account.option(AccountOption.NUMBER_FORM)));
    }

    /** What is wrong with the account's settings. Checked before a claim: a claimed send could neither leave nor return. */
    static Optional<String> objection(Account account) {
        try {
            of(account);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    String action(SmspanelMethod method) {
        return action.replace(OPERATION, method.wireName());
    }

    List<String> order(SmspanelMethod method) {
        return orders.getOrDefault(method, method.parameters());
    }

    private static URI url(Account account) {
        var url = address(account);
        if (url.getRawAuthority() == null || !"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
            throw new IllegalArgumentException("url is a whole address, https://…/server.php");
        }
        return url;
    }

    /**
     * The address of calls, without {@code ?wsdl}: with it a panel describes itself and does nothing. What is no whole address is
     * as it was set, because other accounts are compared with it too.
     */
    static URI address(Account account) {
        var url = account.url().orElse(NOWHERE);
        return url.getRawAuthority() == null ? url : URI.create(url.toString().replaceFirst("(?i)\\?wsdl$", ""));
    }

    /** {@code SendSMS=fromNum,toNum,messageContent,user,pass;GetStatus=unique_ids,user,pass} */
    private static Map<SmspanelMethod, List<String>> orders(String written) {
        var byName = Arrays.stream(SmspanelMethod.values())
                .collect(Collectors.toMap(SmspanelMethod::wireName, Function.identity()));
        var orders = new EnumMap<SmspanelMethod, List<String>>(SmspanelMethod.class);
        for (var one : written.split(";")) {
            if (!one.isBlank()) {
                var parts = one.split("=", 2);
                var method = byName.get(parts[0].strip());
                var order = parts.length < 2
                        ? List.<String>of()
                        : Arrays.stream(parts[1].split(",")).map(String::strip).toList();
                if (method == null || !isOrderOf(method, order)) {
                    throw new IllegalArgumentException(
                            "parameter-order is <method>=<all its parameters, comma-separated>;…");
                }
                orders.put(method, order);
            }
        }
        return orders;
    }

    private static boolean isOrderOf(SmspanelMethod method, List<String> order) {
        return order.size() == method.parameters().size()
                && new HashSet<>(order).equals(new HashSet<>(method.parameters()));
    }
}
