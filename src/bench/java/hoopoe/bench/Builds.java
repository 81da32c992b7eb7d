package hoopoe.bench;

import hoopoe.bench.noop.BareLambda;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes the driver and the no-ops from their few lines. */
final class Builds {

    private static final Path SOURCES = Path.of("src", "bench");
    private static final List<String> NATIVE_OPTIONS = List.of("--no-fallback", "-J-Xmx4g");

    private final Path folder;
    private final Path cache;

    /**
     * @param folder that is made anew by a clean build
     * @param cache that is not: a native image takes two minutes
     */
    Builds(Path folder, Path cache) {
        this.folder = folder.toAbsolutePath();
        this.cache = cache;
    }

    Path driver() throws IOException, InterruptedException {
        return gcc("driver", "driver.c", List.of("-O2"));
    }

    Path c() throws IOException, InterruptedException {
        return gcc("noop-c", "noop.c", List.of("-O2", "-static", "-s"));
    }

    Path go(Path go) throws IOException, InterruptedException {
        var out = folder.resolve("noop-go");
        var source = SOURCES.resolve("go").resolve("noop.go").toString();
        Tool.run(
                List.of(go.toString(), "build", "-trimpath", "-ldflags", "-s -w", "-o", out.toString(), source),
                Map.of("CGO_ENABLED", "0", "GOTOOLCHAIN", "local", "GOPROXY", "off"));
        return out;
    }

    /** Once for each source and each GraalVM. */
    Path bare(Path graalvm) throws IOException, InterruptedException {
        var code = code();
        var version =
                Tool.run(List.of(graalvm.resolve("bin").resolve("native-image").toString(), "--version"), Map.of());
        var kept = cache.resolve(hash(code, version)).resolve("noop-bare");
        if (!Files.exists(kept)) {
            Files.createDirectories(kept.getParent());
            var half = kept.resolveSibling("half");
            image(graalvm, code, half);
            Files.move(half, kept, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.copy(kept, folder.resolve("noop-bare"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** As it would be deployed: alone, as {@code bootstrap}. */
    long zipped(Path executable) throws IOException {
        var zip = executable.resolveSibling(executable.getFileName() + ".zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.setLevel(6);
            out.putNextEntry(new ZipEntry("bootstrap"));
            Files.copy(executable, out);
        }
        return Files.size(zip);
    }

    private void image(Path graalvm, byte[] code, Path out) throws IOException, InterruptedException {
        System.out.println("Building the bare native no-op (about 2 min, once): " + out.getParent());
        var type = BareLambda.class.getName();
        var classes = folder.resolve("noop-bare-classes");
        var file = classes.resolve(type.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, code);
        var command = new ArrayList<>(
                List.of(graalvm.resolve("bin").resolve("native-image").toString(), "-cp", classes.toString()));
        command.addAll(NATIVE_OPTIONS);
        command.addAll(List.of("-o", out.toString(), type));
        Tool.run(command, Map.of("JAVA_HOME", graalvm.toString()));
    }

    private Path gcc(String name, String source, List<String> options) throws IOException, InterruptedException {
        var gcc = Tool.find("gcc")
                .orElseThrow(
                        () -> new IllegalStateException("the benchmark needs gcc: its driver and its floor are C"));
        var out = folder.resolve(name);
        var command = new ArrayList<>(List.of(gcc.toString(), "-Wall", "-Wextra"));
        command.addAll(options);
        command.addAll(List.of(
                "-o", out.toString(), SOURCES.resolve("c").resolve(source).toString()));
        Tool.run(command, Map.of());
        return out;
    }

    private static byte[] code() throws IOException {
        try (var in = BareLambda.class.getResourceAsStream("BareLambda.class")) {
            return in.readAllBytes();
        }
    }

    private static String hash(byte[] code, String version) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(code);
            digest.update((version + NATIVE_OPTIONS).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
