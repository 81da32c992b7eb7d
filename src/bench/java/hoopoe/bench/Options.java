package hoopoe.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What a run does, from system properties {@code bench.…}; {@code bench.quick} makes it a smoke of two minutes.
 *
 * @param n warm invocations of a function ({@code bench.n}); sends of 500 are a twentieth of it
 * @param rounds of starts ({@code bench.rounds}), beside one that is dropped
 * @param starts in a round ({@code bench.starts})
 * @param jvmStarts the same of the JVM mode, which take a hundred times as long ({@code bench.jvm-starts})
 * @param slices the warm invocations are made in, peers in turn
 * @param seed of the order and the resampling ({@code bench.seed})
 * @param page whether the tables go into {@code src/site/performance.md} ({@code bench.page})
 * @param natives where the native artifact may lie ({@code bench.native})
 * @param jvms where the JVM artifact may lie ({@code bench.jvm})
 */
record Options(
        int n,
        int rounds,
        int starts,
        int jvmStarts,
        int slices,
        long seed,
        boolean quick,
        boolean page,
        List<Path> natives,
        List<Path> jvms) {

    static Options of(Properties properties) {
        var quick = flag(properties, "quick");
        return new Options(
                number(properties, "n", quick ? 200 : 20_000),
                number(properties, "rounds", quick ? 3 : 15),
                number(properties, "starts", quick ? 3 : 11),
                number(properties, "jvm-starts", 1),
                quick ? 4 : 20,
                number(properties, "seed", 1),
                quick,
                flag(properties, "page"),
                paths(properties, "native", "target/function-native.zip"),
                paths(properties, "jvm", "target/function-jvm.zip"));
    }

    private static Optional<String> value(Properties properties, String name) {
        return Optional.ofNullable(properties.getProperty("bench." + name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static int number(Properties properties, String name, int otherwise) {
        return value(properties, name).map(Integer::parseInt).orElse(otherwise);
    }

    private static boolean flag(Properties properties, String name) {
        return value(properties, name).map(value -> !value.equals("false")).orElse(false);
    }

    /** Both builds may leave {@code function.zip}: which it is shows its content. */
    private static List<Path> paths(Properties properties, String name, String kept) {
        return value(properties, name)
                .map(given -> List.of(existing(Path.of(given))))
                .orElse(List.of(Path.of(kept), Path.of("target", "function.zip")));
    }

    private static Path existing(Path given) {
        if (!Files.exists(given)) {
            throw new IllegalArgumentException("there is no " + given);
        }
        return given;
    }
}
