package hoopoe.prove.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Searches with Jazzer: one target after the other, each for some seconds in a JVM of its own, because Jazzer searches one target a
 * JVM. Says how many inputs each was given, how many edges of our code they reached, and what it found. An input that a target
 * fails for is left in {@code target/fuzz}; moved to the inputs of its target it is tried by every build. Words of a target's
 * dictionary have no line breaks: with one, libFuzzer refuses to begin.
 */
public final class Search {

    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second.*");
    private static final Pattern REACHED = Pattern.compile(".*\\bcov: (\\d+) .*");
    private static final Pattern FOUND = Pattern.compile(".*Test unit written to (.*)");
    private static final Path WORK = Path.of("target", "fuzz");

    private Search() {}

    /**
     * Searches in all targets in whose name the regular expression {@code fuzz.target} is found, for {@code fuzz.seconds} each; in
     * the one that is named.
     */
    public static void main(String... target) throws IOException, InterruptedException {
        var seconds = System.getProperty("fuzz.seconds", "");
        var isClean = target.length == 0
                ? all(seconds.isEmpty() ? "60" : seconds, System.getProperty("fuzz.target", ""))
                : one(target[0]);
        System.exit(isClean ? 0 : 1);
    }

    private static boolean all(String seconds, String part) throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        var isClean = true;
        for (var target : targets().filter(Pattern.compile(part).asPredicate()).toList()) {
            isClean &= search(target, seconds);
        }
        return isClean;
    }

    private static Stream<String> targets() throws IOException {
        var classes = Path.of("src", "prove", "java");
        try (var files = Files.walk(classes)) {
            return files
                    .map(file -> classes.relativize(file).toString().replace('/', '.'))
                    .filter(name -> name.endsWith("FuzzTest.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .sorted()
                    .toList()
                    .stream()
                    .flatMap(Search::targets);
        }
    }

    private static Stream<String> targets(String type) {
        try {
            return Arrays.stream(Class.forName(type).getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                    .sorted(Comparator.comparing(method -> method.getName()))
                    .map(method -> type
                            + '#'
                            + method.getName()
                            + '('
                            + String.join(
                                    ", ",
                                    Stream.of(method.getParameterTypes())
                                            .map(Class::getName)
                                            .toList())
                            + ')');
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean search(String target, String seconds) throws IOException, InterruptedException {
        var java = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1500m",
                        "-XX:+EnableDynamicAgentLoading",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Djazzer.instrument=hoopoe.**",
                        "-Djazzer.max_duration=" + seconds + 's',
                        "-cp",
                        Stream.of(System.getProperty("java.class.path").split(":"))
                                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                                .reduce((one, other) -> one + ':' + other)
                                .orElseThrow(),
                        Search.class.getName(),
                        target))
                .directory(WORK.toFile())
                .redirectErrorStream(true);
        java.environment().put("JAZZER_FUZZ", "1");
        var done = "no run";
        var reached = "0";
        var found = "nothing";
        var process = java.start();
        var name = target.substring(0, target.indexOf('('));
        var log = WORK.resolve(name.replace('#', '.') + ".log");
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var kept = new PrintWriter(Files.newBufferedWriter(log))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                kept.println(line);
                var runs = DONE.matcher(line);
                done = runs.matches() ? runs.group(1) + " inputs in " + runs.group(2) + " s" : done;
                var edges = REACHED.matcher(line);
                reached = edges.matches() ? edges.group(1) : reached;
                var unit = FOUND.matcher(line);
                found = unit.matches() ? unit.group(1) : found;
            }
        }
        var isClean = process.waitFor() == 0;
        System.out.printf(
                "%-60s %s, %s edges: %s%n", name, done, reached, isClean ? "nothing" : found + ", see " + log);
        return isClean;
    }

    private static boolean one(String target) {
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectMethod(target))
                                .build(),
                        summary);
        summary.getSummary().printFailuresTo(new PrintWriter(System.out), 30);
        return summary.getSummary().getTestsFailedCount() == 0
                && summary.getSummary().getTestsSucceededCount() > 0;
    }
}
