package hoopoe.prove.fuzz;

import hoopoe.message.Surrogates;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every parser of what others send, whatever they send: it throws nothing, its answer is the same twice, and it
 * takes no quadratic time. Fuzzers make short inputs, whose square is short too, so a part of the input is also repeated until
 * the whole is large.
 */
public final class Probe {

    private static final int LARGE = 1 << 18;
    private static final int LONGEST_PART = 64;
    /** Of CPU, so that a busy machine makes no difference. Linear work takes a hundredth of it, quadratic work minutes. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Large inputs take a hundred times as long; while searching, one of so many inputs is made large. */
    private static final int SELDOM = System.getenv("JAZZER_FUZZ") == null ? 1 : 256;

    private Probe() {}

    /** @return the parser's answer, which needs an {@code equals} */
    public static <T> T of(byte[] input, Function<byte[], T> parser) {
        var answer = parser.apply(input.clone());
        must(answer.equals(parser.apply(input.clone())), "the same input was answered in two ways");
        var checksum = new CRC32();
        checksum.update(input);
        if (input.length > 0 && checksum.getValue() % SELDOM == 0) {
            timed(large(input, checksum.getValue() / SELDOM), parser);
        }
        return answer;
    }

    /** Half a character cannot be stored, and would fail whatever it is in. */
    public static void whole(@Nullable String... texts) {
        for (var text : texts) {
            must(text == null || !Surrogates.areTorn(text), "half a character");
        }
    }

    /** An assertion without the cost of its words where it holds. */
    public static void must(boolean is, String otherwise) {
        if (!is) {
            throw new AssertionError(otherwise);
        }
    }

    private static <T> void timed(byte[] input, Function<byte[], T> parser) {
        var threads = ManagementFactory.getThreadMXBean();
        var begin = threads.getCurrentThreadCpuTime();
        parser.apply(input);
        var taken = Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin);
        must(taken.compareTo(LIMIT) < 0, input.length + " bytes took " + taken);
    }

    private static byte[] large(byte[] input, long choice) {
        int from = (int) (choice % input.length);
        int part = 1 + (int) (choice / input.length % Math.min(LONGEST_PART, input.length - from));
        int times = LARGE / part;
        var large = Arrays.copyOf(input, input.length + part * (times - 1));
        for (int n = 1; n < times; n++) {
            System.arraycopy(input, from, large, from + n * part, part);
        }
        System.arraycopy(input, from + part, large, from + times * part, input.length - from - part);
        return large;
    }
}
