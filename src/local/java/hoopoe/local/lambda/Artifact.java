package hoopoe.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * {@code function.zip}, unpacked as Lambda does it: a native {@code bootstrap}, or classes and {@code lib/*.jar}.
 *
 * @param root where it is unpacked
 * @param runtime the jar that runs a JVM artifact
 */
public record Artifact(Path root, Path runtime) {

    private static final String COPY = "function.zip";

    /** More memory than Lambda's least, and less than {@code mvn -Prun} can use on a small machine. */
    private static final String HEAP = "-Xmx256m";

    /**
     * Unpacks it beside itself, once for each build.
     *
     * @throws UncheckedIOException if there is none; {@code mvn package} makes it
     */
    public static synchronized Artifact unpack(Path zip) {
        try {
            var build = Files.getLastModifiedTime(zip).toMillis();
            var root = zip.resolveSibling("local").resolve("function-" + build).toAbsolutePath();
            if (!Files.exists(root)) {
                unpack(zip, root);
            }
            return new Artifact(root, RuntimeJar.in(root.getParent()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it holds an executable and no classes. */
    public boolean isNative() {
        return Files.exists(root.resolve("bootstrap"));
    }

    ClassArchive classes() {
        return new ClassArchive(root, runtime);
    }

    List<String> command() {
        return isNative() ? List.of(root.resolve("bootstrap").toString()) : jvm();
    }

    /** Few seconds of life and little work each: the first compiler and the simplest collector start soonest. */
    private List<String> jvm() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                HEAP,
                classes().option(),
                "-Xlog:cds*=off", // an archive that does not fit is no matter
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                classPath(),
                JvmRuntime.class.getName());
    }

    private String classPath() {
        try (var libraries = Files.list(root.resolve("lib"))) {
            return Stream.concat(Stream.of(runtime, root.resolve(COPY)), libraries.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(java.io.File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(Path zip, Path root) throws IOException {
        Files.createDirectories(root.getParent());
        var half = Files.createTempDirectory(root.getParent(), "unpacking");
        try (var file = new ZipFile(zip.toFile())) {
            for (var entry : new ArrayList<>(file.stream().toList())) {
                var target = half.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !wanted(entry.getName()) || !target.startsWith(half)) {
                    continue;
                }
                Files.createDirectories(target.getParent());
                try (var in = file.getInputStream(entry)) {
                    Files.copy(in, target);
                }
                target.toFile().setExecutable(true);
            }
        }
        Files.copy(zip, half.resolve(COPY));
        Files.move(half, root, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Classes are taken from a copy of the zip as it is, which the next build does not write over. */
    private static boolean wanted(String name) {
        return name.startsWith("lib/") || !name.contains("/");
    }
}
