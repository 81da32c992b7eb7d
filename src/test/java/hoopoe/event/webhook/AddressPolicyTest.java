package hoopoe.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.event.webhook.AddressPolicy.AddressVerdict.CallableAddress;
import hoopoe.event.webhook.AddressPolicy.AddressVerdict.RefusedAddress;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AddressPolicyTest {

    private static final String PUBLIC = "93.184.215.14";
    private static final AddressPolicy STRICT = new AddressPolicy(false, resolving(PUBLIC));
    private static final AddressPolicy LOCAL = new AddressPolicy(true, resolving(PUBLIC));

    /**
     * The rows of IANA's IPv4 and IPv6 Special-Purpose Address Registries that are not globally reachable, the multicast and
     * reserved blocks, and the blocks that contain an IPv4 address.
     */
    private static final List<String> SPECIAL = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "255.255.255.255/32",
            "::/128",
            "::1/128",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "100:0:0:1::/64",
            "2001::/23",
            "2001::/32",
            "2001:2::/48",
            "2001:10::/28",
            "2001:20::/28",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fec0::/10",
            "fe80::/10",
            "ff00::/8");

    private static AddressPolicy.Resolver resolving(String... addresses) {
        return host -> {
            // as Java does: an address in its usual form is looked up nowhere
            var found = host.matches("[\\d.]+|.*:.*") ? new String[] {host} : addresses;
            return Arrays.stream(found).map(AddressPolicyTest::address).toArray(InetAddress[]::new);
        };
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void theAddressInTheVerdictIsTheOneThatWasChecked() throws UnknownHostException {
        var verdict = callable(STRICT, "https://Hooks.Example.COM/Path?q=A");
        assertThat(verdict.url()).hasToString("https://hooks.example.com/Path?q=A");
        assertThat(verdict.host()).isEqualTo("hooks.example.com");
        assertThat(verdict.address()).isEqualTo(InetAddress.getByName(PUBLIC));
        assertThat(verdict.port()).isEqualTo(443);
        assertThat(verdict.isSecure()).isTrue();
    }

    /** The second look-up of a rebinding name gives another address: it is checked like the first. */
    @Test
    void aNameIsLookedUpOnceForEachCheck() {
        var answers = new ArrayList<>(List.of(PUBLIC, "127.0.0.1"));
        var rebinding = new AddressPolicy(false, host -> new InetAddress[] {address(answers.remove(0))});
        assertThat(callable(rebinding, "https://rebinding.example/").address()).isEqualTo(address(PUBLIC));
        assertThat(answers).hasSize(1);
        assertThat(refused(rebinding, "https://rebinding.example/").word()).isEqualTo("address");
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com, 443",
        "HTTPS://hooks.example.com:8443/, 8443",
        "https://hooks.example.com:/a, 443",
        "https://hooks.example.com:65535/, 65535",
        "https://8.8.8.8/, 443",
        "https://[2606:4700::6810:84e5]:444/x, 444",
        "https://[2606:4700:0:0:0:0:8.8.8.8]/, 443",
        "https://xn--bcher-kva.example/%C3%BC?a=%20, 443",
        "https://a-b.c1.example/?u=http://127.0.0.1/, 443"
    })
    void whatIsPublicIsCallable(String url, int port) {
        assertThat(callable(STRICT, url).port()).isEqualTo(port);
    }

    @Test
    void aLiteralIpv6AddressIsComparedWithTheCertificateWithoutItsBrackets() {
        assertThat(callable(STRICT, "https://[2606:4700::6810:84e5]/").host()).isEqualTo("2606:4700::6810:84e5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "https:",
                "https://",
                "https:///path",
                "//hooks.example.com/",
                "mailto:a@example.com",
                "ftp://hooks.example.com/",
                "http://hooks.example.com/",
                "http://127.0.0.1/",
                "file:///etc/passwd",
                "gopher://hooks.example.com/",
                "https://user@hooks.example.com/",
                "https://user:word@hooks.example.com/",
                "https://@hooks.example.com/",
                "https://hooks.example.com@127.0.0.1/",
                "https://hooks.example.com#@127.0.0.1/",
                "https://hooks.example.com/#top",
                "https://hooks.example.com./",
                "https://127.0.0.1./",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://127.0.0.01/",
                "https://127.0.0.0x1/",
                "https://1.2.3.4.5/",
                "https://1.2.3.256/",
                "https://localhost/",
                "https://metadata/",
                "https://hooks.123/",
                "https://hooks_a.example.com/",
                "https://-hooks.example.com/",
                "https://hooks..example.com/",
                "https://bücher.example/",
                "https://hooks。example。com/",
                "https://①②⑦.0.0.1/",
                "https://hooks.example.com:0/",
                "https://hooks.example.com:65536/",
                "https://hooks.example.com:99999999999/",
                "https://hooks.example.com:-1/",
                "https://hooks.example.com:443:80/",
                "https://hooks.example.com/a b",
                "https://hooks.example.com/\r\nHost: other",
                "https://hooks.example.com\\@127.0.0.1/",
                " https://hooks.example.com/",
                "https://[::1%25lo]/",
                "https://[fe80::1%eth0]/",
                "https://[::1/",
                "https://[v1.a]/",
                "https://[1::2::3]/"
            })
    void whatIsWrittenOddlyIsRefusedAndNeverLookedUp(String url) {
        var silent = new AddressPolicy(false, host -> {
            throw new AssertionError("looked up");
        });
        var refused = refused(silent, url);
        assertThat(refused.word()).isEqualTo("url");
        assertThat(refused.why()).isNotEmpty().endsWith(".");
    }

    @Test
    void theLongestUrlIsCallableAndALongerOneIsNot() {
        var longest = "https://hooks.example.com/" + "a".repeat(AddressPolicy.LONGEST - 26);
        assertThat(STRICT.check(longest)).isInstanceOf(CallableAddress.class);
        assertThat(STRICT.check(longest + 'a')).isInstanceOf(RefusedAddress.class);
        assertThat(STRICT.check("https://" + "a.".repeat(200) + "example/")).isInstanceOf(RefusedAddress.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "0.0.0.0",
                "255.255.255.255",
                "[::]",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:8.8.8.8]",
                "[::ffff:808:808]",
                "[::8.8.8.8]",
                "[64:ff9b::808:808]",
                "[2002:808:808::]",
                "[2001:0:808:808::1]",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[ff02::1]"
            })
    void aLiteralAddressThatIsNotPublicIsRefused(String host) {
        assertThat(refused(STRICT, "https://" + host + "/").word()).isEqualTo("address");
    }

    @Test
    void oneAddressOfManyThatIsNotPublicRefusesTheName() {
        for (var hidden : List.of("10.0.0.1", "::1", "fd00::1", "169.254.169.254")) {
            var mixed = new AddressPolicy(false, resolving(PUBLIC, "2606:4700::1", hidden));
            assertThat(refused(mixed, "https://hooks.example.com/").word()).isEqualTo("address");
        }
        assertThat(refused(new AddressPolicy(false, resolving()), "https://hooks.example.com/")
                        .word())
                .isEqualTo("address");
    }

    @Test
    void anIpv4AddressIsPreferredAndEachMayBeChosen() {
        var policy = new AddressPolicy(false, resolving("2606:4700::1", PUBLIC, "8.8.8.8"));
        Set<String> chosen = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            chosen.add(callable(policy, "https://hooks.example.com/").address().getHostAddress());
        }
        assertThat(chosen).containsExactly("8.8.8.8", PUBLIC);
        assertThat(callable(new AddressPolicy(false, resolving("2606:4700::1")), "https://hooks.example.com/")
                        .address())
                .isInstanceOf(Inet6Address.class);
    }

    @Test
    void aNameThatIsUnknownOrIsLookedUpForTooLongIsRefused() {
        var unknown = new AddressPolicy(false, host -> {
            throw new UnknownHostException(host);
        });
        assertThat(refused(unknown, "https://hooks.example.com/")).satisfies(refused -> {
            assertThat(refused.word()).isEqualTo("dns");
            assertThat(refused.why()).doesNotContain("hooks");
        });
        var slow = new AddressPolicy(
                false,
                host -> {
                    try {
                        Thread.sleep(Long.MAX_VALUE);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new InetAddress[0];
                },
                Duration.ofMillis(50));
        assertThat(refused(slow, "https://hooks.example.com/").word()).isEqualTo("dns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/", "http://127.0.0.1:8080/a?b", "https://127.0.0.1:8443/"})
    void theLocalStackMayCallLoopback(String url) {
        assertThat(callable(LOCAL, url).address().isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com/",
                "http://127.0.0.2/",
                "http://[::1]/",
                "http://localhost/",
                "https://10.0.0.1/",
                "http://127.1/"
            })
    void itMayCallNothingElse(String url) {
        assertThat(LOCAL.check(url)).isInstanceOf(RefusedAddress.class);
    }

    @Test
    void aNameAtALoopbackAddressIsRefusedForTheLocalStackToo() {
        assertThat(refused(new AddressPolicy(true, resolving("127.0.0.1")), "https://hooks.example.com/")
                        .word())
                .isEqualTo("address");
    }

    /** The first, the last and any address of each block, and those directly before and after it where they are in no other. */
    @Test
    void everyAddressOfASpecialBlockIsRefused() {
        var random = new Random(13);
        for (var block : SPECIAL) {
            assertThat(PublicAddresses.contain(first(block))).as(block).isFalse();
            assertThat(PublicAddresses.contain(last(block))).as(block).isFalse();
            for (int i = 0; i < 200; i++) {
                assertThat(PublicAddresses.contain(any(block, random)))
                        .as(block)
                        .isFalse();
            }
        }
    }

    /** Compared with another way of deciding the same: by whole numbers, block by block. */
    @Test
    void anyAddressIsPublicExactlyWhereNoSpecialBlockHasIt() {
        var random = new Random(1305);
        for (int i = 0; i < 20_000; i++) {
            var v4 = new byte[4];
            random.nextBytes(v4);
            assertThat(PublicAddresses.contain(v4)).as(Arrays.toString(v4)).isEqualTo(isInNone(v4));
            var v6 = new byte[16];
            random.nextBytes(v6);
            v6[0] = (byte) (0x20 | v6[0] & 0x1f); // all other blocks are not assigned for unicast
            assertThat(PublicAddresses.contain(v6)).as(Arrays.toString(v6)).isEqualTo(isInNone(v6));
            v6[0] = (byte) (v6[0] ^ 0x20 << random.nextInt(3));
            assertThat(PublicAddresses.contain(v6)).as(Arrays.toString(v6)).isFalse();
        }
        for (var block : SPECIAL) {
            for (var beside : List.of(before(block), after(block))) {
                if (beside.length == 4 || (beside[0] & 0xe0) == 0x20) {
                    assertThat(PublicAddresses.contain(beside)).as(block).isEqualTo(isInNone(beside));
                }
            }
        }
    }

    private static boolean isInNone(byte[] address) {
        return SPECIAL.stream().noneMatch(block -> {
            var number = new BigInteger(1, address);
            return first(block).length == address.length
                    && number.compareTo(new BigInteger(1, first(block))) >= 0
                    && number.compareTo(new BigInteger(1, last(block))) <= 0;
        });
    }

    private static byte[] first(String block) {
        return address(block.substring(0, block.indexOf('/'))).getAddress();
    }

    private static BigInteger size(String block) {
        return BigInteger.ONE.shiftLeft(
                first(block).length * 8 - Integer.parseInt(block.substring(block.indexOf('/') + 1)));
    }

    private static byte[] last(String block) {
        return moved(block, size(block).subtract(BigInteger.ONE));
    }

    private static byte[] after(String block) {
        return moved(block, size(block));
    }

    private static byte[] before(String block) {
        return moved(block, BigInteger.ONE.negate());
    }

    private static byte[] any(String block, Random random) {
        return moved(block, new BigInteger(130, random).mod(size(block)));
    }

    /** Around the end of all addresses. */
    private static byte[] moved(String block, BigInteger by) {
        var first = first(block);
        var all = BigInteger.ONE.shiftLeft(first.length * 8);
        var bytes = new BigInteger(1, first).add(by).mod(all).add(all).toByteArray();
        return Arrays.copyOfRange(bytes, bytes.length - first.length, bytes.length);
    }

    private static CallableAddress callable(AddressPolicy policy, String url) {
        return (CallableAddress) policy.check(url);
    }

    private static RefusedAddress refused(AddressPolicy policy, String url) {
        return (RefusedAddress) policy.check(url);
    }
}
