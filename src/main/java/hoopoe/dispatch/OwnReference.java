package hoopoe.dispatch;

import hoopoe.platform.Sha256;
import java.math.BigInteger;

/**
 * Our reference for a call whose provider gives none: {@code 7k2m0c5v9p1r4t} (text421 takes 14 characters). Made from the
 * dispatch and the number of its try: each worker makes the same one until an operator has it resent.
 *
 * @param resends number of the try
 * @param length in characters: 5 bits of chance each
 * @param again which one, where other dispatches have those before; from 0
 */
public final class OwnReference {

    private static final int BASE = 32;
    private static final int BITS = 5;

    private OwnReference() {}

    /**
     * @param resends of which of its tries
     * @param length at most so many characters: 5 bits of chance each
     * @param again which one, where those before are taken by others; from 0
     */
    public static String of(DispatchId dispatch, int resends, int length, int again) {
        var name = dispatch.token(resends) + (again == 0 ? "" : "#" + again);
        var number = new BigInteger(1, Sha256.bytes(name)).mod(BigInteger.ONE.shiftLeft(BITS * length));
        var digits = number.toString(BASE);
        return "0".repeat(length - digits.length()) + digits;
    }
}
