package hoopoe.event.webhook;

import java.util.HexFormat;
import java.util.List;

/**
 * Whether an IP address is reached by way of the internet, decided on its bytes (IANA IPv4 and IPv6 Special-Purpose Address
 * Registries). Of IPv6 only what is assigned for unicast, 2000::/3, is public: so addresses that contain others (mapped,
 * compatible, NAT64), loopback, unique-local, link-local, multicast and whatever will be reserved are not.
 */
final class PublicAddresses {

    private static final List<Block> SPECIAL = List.of(
            v4(0, 0, 0, 8), // this network
            v4(10, 0, 0, 8), // private
            v4(100, 64, 0, 10), // shared by carriers
            v4(127, 0, 0, 8), // loopback
            v4(169, 254, 0, 16), // link-local, with the metadata of AWS
            v4(172, 16, 0, 12), // private
            v4(192, 0, 0, 24), // protocol assignments
            v4(192, 0, 2, 24), // documentation
            v4(192, 88, 99, 24), // 6to4 relays, given up
            v4(192, 168, 0, 16), // private
            v4(198, 18, 0, 15), // benchmarks
            v4(198, 51, 100, 24), // documentation
            v4(203, 0, 113, 24), // documentation
            v4(224, 0, 0, 4), // multicast
            v4(240, 0, 0, 4), // reserved, and broadcast
            v6("2001", 23), // protocol assignments, with Teredo
            v6("20010db8", 32), // documentation
            v6("2002", 16), // 6to4, which contains an IPv4 address
            v6("3fff", 20)); // documentation

    private static final Block UNICAST = v6("20", 3);

    private PublicAddresses() {}

    /** @param address 4 or 16 bytes */
    static boolean contain(byte[] address) {
        return (address.length == 4 || UNICAST.contains(address))
                && SPECIAL.stream().noneMatch(block -> block.contains(address));
    }

    /** @param length of an address, in bytes */
    private record Block(byte[] prefix, int bits, int length) {

        boolean contains(byte[] address) {
            if (address.length != length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (bit(address, bit) != bit(prefix, bit)) {
                    return false;
                }
            }
            return true;
        }

        private static int bit(byte[] bytes, int bit) {
            return bit / 8 < bytes.length ? bytes[bit / 8] >> (7 - bit % 8) & 1 : 0;
        }
    }

    private static Block v4(int first, int second, int third, int bits) {
        return new Block(new byte[] {(byte) first, (byte) second, (byte) third}, bits, 4);
    }

    private static Block v6(String hex, int bits) {
        return new Block(HexFormat.of().parseHex(hex), bits, 16);
    }
}
