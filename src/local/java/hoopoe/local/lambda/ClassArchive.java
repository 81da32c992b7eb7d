package hoopoe.local.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * The classes of one build as an environment had loaded them, in the form that Java maps into memory: the first stack after a
 * build leaves it, and environments of later ones start with half the work. Without it nothing is missing but time.
 */
final class ClassArchive {

    private final Path file;

    /** For one artifact, one runtime and this very Java. */
    ClassArchive(Path root, Path runtime) {
        this.file = root.resolveSibling(
                "%s-%s-%s.jsa".formatted(root.getFileName(), runtime.getFileName(), Runtime.version()));
    }

    /** The options for the start of Java. */
    String option() {
        return Files.exists(file) ? "-XX:SharedArchiveFile=" + file : "-XX:+RecordDynamicDumpInfo";
    }

    boolean isThere() {
        return Files.exists(file);
    }

    /** Makes the archive, if possible, from the classes that the process has loaded so far; takes two seconds. */
    void write(long pid) throws IOException, InterruptedException {
        var half = file.resolveSibling(pid + ".jsa");
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var dump = new ProcessBuilder(jcmd, Long.toString(pid), "VM.cds", "dynamic_dump", half.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (dump.waitFor(30, TimeUnit.SECONDS) && Files.exists(half)) {
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            dump.destroyForcibly();
        }
    }
}
