package hoopoe.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import hoopoe.config.AccountOption;
import hoopoe.config.Misconfiguration;
import hoopoe.config.Setting;
import hoopoe.provider.Providers;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The configured accounts: from single properties {@code hoopoe.accounts.<name>.<key>}, and from {@code hoopoe.accounts-json},
 * one JSON object {@code {"<name>": {"<key>": "<value>"}}} as the template's parameter carries it. A single property wins.
 *
 * <p>A wrong setting concerns its own account only: the account is read as it was set, and {@link Providers#objection} says
 * what is wrong with it.
 *
 * <p>Not a config mapping, because those are built and validated at the start of every function, also where it never reads an
 * account.
 */
@ApplicationScoped
public class Accounts {

    private static final Logger LOG = Logger.getLogger(Accounts.class);
    private static final String NAME = "[a-z][a-z0-9]{0,30}";
    private static final Pattern SETTING =
            Pattern.compile("hoopoe[._]accounts[._](" + NAME + ")[._](.+)", Pattern.CASE_INSENSITIVE);

    /** The keys that the JSON may have. A secret in it is never read. */
    private static final Set<String> KEYS = Stream.concat(
                    Stream.of(Setting.ACCOUNT_PROVIDER, Setting.ACCOUNT_URL).map(Setting::lastWord),
                    Stream.of(AccountOption.values()).map(AccountOption::key))
            .collect(Collectors.toUnmodifiableSet());

    /** The keys that may be single properties besides, where secrets are plain configuration. */
    private static final Set<String> SECRETS = Stream.of(
                    Setting.ACCOUNT_USER,
                    Setting.ACCOUNT_PASSWORD,
                    Setting.ACCOUNT_BILLING_KEY,
                    Setting.ACCOUNT_CALLBACK_TOKENS)
            .map(Setting::lastWord)
            .collect(Collectors.toUnmodifiableSet());

    /** What stands behind the object is refused: behind a brace too many it would be half of the accounts. */
    private static final ObjectReader SETTINGS = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readerFor(new TypeReference<Map<String, JsonNode>>() {});

    private static final String NO_OBJECT = Setting.ACCOUNTS_JSON.key() + ": no object of objects of texts";

    /** Stands for a setting that is no URI: it cannot be called, and no other account is affected. */
    private static final URI NOWHERE = URI.create("");

    private final Map<String, Account> accounts;
    private final Optional<String> configuredDefault;

    public Accounts(Config config) {
        this.accounts = read(config);
        this.configuredDefault = Setting.DEFAULT_ACCOUNT.text(config);
    }

    public Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /** {@code hoopoe.default-account}, else the only account, else none. */
    public Optional<Account> defaultAccount() {
        return configuredDefault
                .map(accounts::get)
                .or(() -> accounts.size() == 1 ? accounts.values().stream().findFirst() : Optional.empty());
    }

    /** By name. */
    public Collection<Account> all() {
        return accounts.values();
    }

    private static Map<String, Account> read(Config config) {
        var written = config.getConfigValue(Setting.ACCOUNTS_JSON.key());
        if (written.getRawValue() != null && written.getValue() == null) { // else there would be no accounts
            throw new Misconfiguration(Setting.ACCOUNTS_JSON.key() + ": nothing stands for an expression ${…} in it");
        }
        var json = json(Setting.ACCOUNTS_JSON.text(config).orElseThrow());
        var single = single(config);
        var names = new TreeSet<>(json.keySet());
        single.forEach((name, keys) -> {
            if (keys.contains(Setting.ACCOUNT_PROVIDER.lastWord())) {
                names.add(name);
            }
        });
        var accounts = new TreeMap<String, Account>();
        for (var name : names) {
            var texts = json.getOrDefault(name, Map.of());
            accounts.put(
                    name, account(name, config, texts, unknown(texts.keySet(), single.getOrDefault(name, Set.of()))));
        }
        return accounts;
    }

    /** The keys of single properties, by account. Dots and dashes become alike, because an environment variable has neither. */
    private static Map<String, Set<String>> single(Config config) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .map(SETTING::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.groupingBy(
                        found -> found.group(1).toLowerCase(Locale.ROOT),
                        Collectors.mapping(
                                found -> found.group(2).toLowerCase(Locale.ROOT).replaceAll("[._]", "-"),
                                Collectors.toSet())));
    }

    private static Set<String> unknown(Set<String> json, Set<String> single) {
        var unknown = new TreeSet<>(single);
        unknown.removeAll(SECRETS);
        unknown.addAll(json);
        unknown.removeAll(KEYS);
        return unknown;
    }

    private static Map<String, Map<String, String>> json(String json) {
        try {
            Map<String, JsonNode> read = SETTINGS.readValue(json);
            if (read == null) {
                throw new Misconfiguration(NO_OBJECT);
            }
            var settings = new TreeMap<String, Map<String, String>>();
            var n = 0;
            for (var account : read.entrySet()) {
                n++;
                if (account.getKey().matches(NAME)) {
                    settings.put(account.getKey(), texts(account.getValue()));
                } else {
                    LOG.errorf(
                            "%s: the name of account %d of %d does not match %s: it is left out",
                            Setting.ACCOUNTS_JSON.key(), n, read.size(), NAME);
                }
            }
            return settings;
        } catch (JsonProcessingException e) {
            // Without its text, which could repeat a secret that was put there by mistake.
            throw new Misconfiguration(NO_OBJECT + place(e));
        }
    }

    private static String place(JsonProcessingException e) {
        var place = e.getLocation();
        return place == null ? "" : ", line " + place.getLineNr() + " column " + place.getColumnNr();
    }

    /** Empty where it is no object of texts: an account without a provider, and not half of one. */
    private static Map<String, String> texts(JsonNode account) {
        var texts = new TreeMap<String, String>();
        for (var setting : account.properties()) {
            if (!setting.getValue().isValueNode()) {
                return Map.of();
            }
            texts.put(setting.getKey(), setting.getValue().asText());
        }
        return texts;
    }

    private static Account account(String name, Config config, Map<String, String> json, Set<String> unknown) {
        var options = new EnumMap<AccountOption, String>(AccountOption.class);
        for (var option : AccountOption.values()) {
            setting(name, option.key(), config, json).ifPresent(set -> options.put(option, set));
        }
        return new Account(
                name,
                setting(name, Setting.ACCOUNT_PROVIDER.lastWord(), config, json).orElse(""),
                setting(name, Setting.ACCOUNT_URL.lastWord(), config, json).map(Accounts::uri),
                options,
                unknown);
    }

    private static URI uri(String written) {
        try {
            return new URI(written);
        } catch (URISyntaxException e) {
            return NOWHERE;
        }
    }

    private static Optional<String> setting(String account, String key, Config config, Map<String, String> json) {
        return config.getOptionalValue("hoopoe.accounts." + account + '.' + key, String.class)
                .or(() -> Optional.ofNullable(json.get(key)))
                .map(String::trim);
    }
}
