package hoopoe.bench;

import hoopoe.local.lambda.Artifact;
import hoopoe.local.lambda.Launch;
import hoopoe.local.lambda.LocalFunction;
import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/** All that can take part on this machine, and why the others cannot. */
final class Peers {

    private final Builds builds;
    private final Template template;
    private final List<Peer> all = new ArrayList<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    Peers(Builds builds, Template template) {
        this.builds = builds;
        this.template = template;
    }

    static Peers gather(Builds builds, Template template, Options options) throws IOException, InterruptedException {
        var peers = new Peers(builds, template);
        peers.noop(Samples.FLOOR, "C no-op", builds.c());
        peers.go();
        peers.bare();
        peers.ours(options);
        return peers;
    }

    List<Peer> all() {
        return List.copyOf(all);
    }

    Optional<Peer> find(String name) {
        return all.stream().filter(peer -> peer.name().equals(name)).findFirst();
    }

    /** One of ours, the quicker if it is there. */
    Optional<Peer> ours() {
        return find(Peer.NATIVE).or(() -> find(Peer.JVM));
    }

    /** Why a peer is not there, by its title. */
    Map<String, String> missing() {
        return missing;
    }

    private void go() throws IOException, InterruptedException {
        var go = Tool.find("go");
        if (go.isPresent()) {
            noop(Peer.GO, "Go no-op", builds.go(go.get()));
        } else {
            missing.put("Go no-op", "there is no go");
        }
    }

    private void bare() throws IOException, InterruptedException {
        var graalvm = Optional.ofNullable(System.getenv("GRAALVM_HOME")).filter(home -> !home.isBlank());
        if (graalvm.isPresent()) {
            noop(Peer.BARE, "bare native no-op", builds.bare(Path.of(graalvm.get())));
        } else {
            missing.put("bare native no-op", "GRAALVM_HOME is not set");
        }
    }

    private void noop(String name, String title, Path executable) throws IOException {
        var launch = new Launch(name, executable.getParent(), List.of(executable.toString()), Map.of());
        all.add(new Peer(
                name,
                title,
                (function, settings) -> launch,
                List.of(executable),
                Files.size(executable),
                builds.zipped(executable)));
    }

    private void ours(Options options) throws IOException {
        var nativeZip = first(options.natives(), true);
        if (nativeZip.isPresent()) {
            nativePeer(nativeZip.get());
        } else {
            missing.put("Hoopoe native", "no native artifact among " + options.natives() + " (-Dbench.native=…)");
        }
        var jvmZip = first(options.jvms(), false);
        if (jvmZip.isPresent()) {
            jvmPeer(jvmZip.get());
        } else {
            missing.put("Hoopoe JVM", "no JVM artifact among " + options.jvms() + " (-Dbench.jvm=…)");
        }
    }

    private void nativePeer(Path zip) throws IOException {
        var artifact = Artifact.unpack(zip);
        var executable = artifact.root().resolve("bootstrap");
        all.add(new Peer(
                Peer.NATIVE,
                "Hoopoe native",
                (function, settings) -> LocalFunction.launch(definition(function), artifact, settings),
                List.of(executable),
                Files.size(executable),
                Files.size(zip)));
    }

    private void jvmPeer(Path zip) throws IOException {
        var artifact = Artifact.unpack(zip);
        all.add(new Peer(
                Peer.JVM,
                "Hoopoe JVM",
                (function, settings) -> plain(LocalFunction.launch(definition(function), artifact, settings)),
                jvmFiles(artifact),
                0,
                Files.size(zip)));
    }

    /** Without the local stack's archive of loaded classes, which Lambda has not. */
    private static Launch plain(Launch launch) {
        var command = launch.command().stream()
                .filter(option ->
                        !option.startsWith("-XX:SharedArchiveFile") && !option.equals("-XX:+RecordDynamicDumpInfo"))
                .toList();
        return new Launch(launch.function(), launch.root(), command, launch.variables());
    }

    private static List<Path> jvmFiles(Artifact artifact) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "lib");
        try (var files = Files.walk(artifact.root())) {
            var list =
                    new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
            list.add(artifact.runtime());
            list.add(java.resolve("modules"));
            list.add(java.resolve("server").resolve("libjvm.so"));
            return list;
        }
    }

    private FunctionDefinition definition(String function) {
        return template.functions().stream()
                .filter(definition -> definition.export().equals(function))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Path> first(List<Path> zips, boolean isNative) throws IOException {
        for (var zip : zips) {
            if (Files.exists(zip) && isNative(zip) == isNative) {
                return Optional.of(zip.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    private static boolean isNative(Path zip) throws IOException {
        try (var file = new ZipFile(zip.toFile())) {
            return file.getEntry("bootstrap") != null;
        }
    }
}
