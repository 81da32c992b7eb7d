package hoopoe.event.webhook;

import hoopoe.config.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Says which URLs may be called as webhooks: {@code https} at public addresses, so that nobody can have Hoopoe call what only
 * its own network reaches. A name is resolved once, all its addresses are checked, and the caller must connect to the one in the
 * verdict: a second look-up could give another.
 */
@ApplicationScoped
public class AddressPolicy {

    /** Most characters of a URL. */
    public static final int LONGEST = 2048;

    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]*");

    /** At least two labels, the last of which begins with a letter: so {@code 127.1}, {@code 0x7f.1} and {@code 2130706433} are no names. */
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)++[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}+");
    private static final Pattern V6 = Pattern.compile("\\[[0-9a-f:.]+]");

    private static final String LOOPBACK = "127.0.0.1";

    private final boolean loopback;
    private final Resolver resolver;
    private final Duration lookUp;

    @Inject
    AddressPolicy(Config config) {
        this(Setting.WEBHOOKS_LOOPBACK.flag(config), InetAddress::getAllByName);
    }

    /** @param loopback whether {@code http://127.0.0.1} may be called too, for the local stack */
    public AddressPolicy(boolean loopback, Resolver resolver) {
        this(loopback, resolver, LOOK_UP);
    }

    AddressPolicy(boolean loopback, Resolver resolver, Duration lookUp) {
        this.loopback = loopback;
        this.resolver = resolver;
        this.lookUp = lookUp;
    }

    /** Finds the addresses of a host name or of a literal address. */
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** Whether a URL may be called. */
    public sealed interface AddressVerdict {

        /**
         * It may be called.
         *
         * @param url scheme and host in small letters
         * @param address the one to connect to
         */
        record CallableAddress(URI url, InetAddress address) implements AddressVerdict {

            /** The host as in the URL, a literal IPv6 address without brackets. */
            public String host() {
                return bare(url.getHost());
            }

            public boolean isSecure() {
                return url.getScheme().equals("https");
            }

            public int port() {
                return url.getPort() > 0 ? url.getPort() : isSecure() ? 443 : 80;
            }
        }

        /**
         * It may not be called.
         *
         * @param why a sentence for callers, which does not repeat the URL
         * @param word the same for logs of deliveries: {@code url}, {@code dns} or {@code address}
         */
        record RefusedAddress(String word, String why) implements AddressVerdict {}
    }

    /** Checks the URL and looks its name up, which takes up to 5 s. */
    public AddressVerdict check(String url) {
        var objection = objection(url);
        return objection == null ? resolve(URI.create(normalised(url))) : refused("url", objection);
    }

    private @Nullable String objection(String text) {
        if (text.length() > LONGEST) {
            return "It has more than " + LONGEST + " characters.";
        }
        if (!PRINTABLE.matcher(text).matches()) {
            return "It has characters that must be encoded; write an international host name in its ASCII form.";
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) { // its message repeats the text
            return "It is no URL.";
        }
        if (url.isOpaque() || url.getRawAuthority() == null || url.getScheme() == null) {
            return "It is no URL that begins with https://.";
        }
        if (url.getRawUserInfo() != null || url.getRawAuthority().indexOf('@') >= 0) {
            return "It has a user or a password.";
        }
        if (url.getRawFragment() != null) {
            return "It has a fragment.";
        }
        if (url.getHost() == null || !isHost(url.getHost().toLowerCase(Locale.ROOT))) {
            return "Its host is neither a full domain name nor an address in its usual form.";
        }
        if (url.getPort() == 0 || url.getPort() > 65535) {
            return "Its port is not between 1 and 65535.";
        }
        return isScheme(url) ? null : "It does not begin with https://.";
    }

    private boolean isScheme(URI url) {
        return url.getScheme().equalsIgnoreCase("https")
                || url.getScheme().equalsIgnoreCase("http")
                        && loopback
                        && url.getHost().equals(LOOPBACK);
    }

    private static boolean isHost(String host) {
        return NAME.matcher(host).matches()
                || V4.matcher(host).matches()
                || V6.matcher(host).matches();
    }

    /** What comes before the path in small letters: after the checks above that is scheme, host and port. */
    private static String normalised(String url) {
        int authority = url.indexOf("//") + 2;
        int end = authority;
        while (end < url.length() && "/?".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return url.substring(0, end).toLowerCase(Locale.ROOT) + url.substring(end);
    }

    private AddressVerdict resolve(URI url) {
        var host = bare(url.getHost());
        List<InetAddress> addresses;
        try {
            addresses = lookUp(host);
        } catch (TimeoutException | ExecutionException e) { // of its cause the message repeats the host
            return refused("dns", "Its host cannot be found.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused("dns", "Its host cannot be found.");
        }
        if (addresses.isEmpty()
                || !addresses.stream().allMatch(address -> isCallable(url, address))
                || isHidden(url, addresses.get(0))) {
            return refused("address", "Its host is not only at public addresses.");
        }
        return new AddressVerdict.CallableAddress(url, one(addresses));
    }

    private boolean isCallable(URI url, InetAddress address) {
        return PublicAddresses.contain(address.getAddress())
                || loopback && url.getHost().equals(LOOPBACK) && address.isLoopbackAddress();
    }

    /** Java reads {@code ::ffff:a.b.c.d} as an IPv4 address. */
    private static boolean isHidden(URI url, InetAddress address) {
        return url.getHost().startsWith("[") && !(address instanceof Inet6Address);
    }

    /** On a thread of its own, because a look-up has no limit that a caller could set. */
    private List<InetAddress> lookUp(String host) throws TimeoutException, ExecutionException, InterruptedException {
        var looking = new FutureTask<>(() -> List.of(resolver.resolve(host)));
        var thread = new Thread(looking, "webhook-dns");
        thread.setDaemon(true);
        thread.start();
        return looking.get(lookUp.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Any, so that a later attempt may meet a server that works; an IPv4 one where there is one, as Lambda has no other way out. */
    private static InetAddress one(List<InetAddress> addresses) {
        var v4 = addresses.stream().filter(Inet4Address.class::isInstance).toList();
        var some = v4.isEmpty() ? addresses : v4;
        return some.get(ThreadLocalRandom.current().nextInt(some.size()));
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static AddressVerdict refused(String word, String why) {
        return new AddressVerdict.RefusedAddress(word, why);
    }
}
