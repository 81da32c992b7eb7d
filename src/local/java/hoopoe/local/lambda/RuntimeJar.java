package hoopoe.local.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The JVM runtime's few classes by themselves, so that nothing else of the tests' class path reaches a function. */
final class RuntimeJar {

    static final String NAME = "runtime.jar";

    private RuntimeJar() {}

    static void write(Path folder) throws IOException {
        var half = Files.createTempFile(folder, "runtime", null);
        try (var jar = new JarOutputStream(Files.newOutputStream(half))) {
            for (var type : List.of(JvmRuntime.class, InvocationContext.class)) {
                var name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (var in = type.getResourceAsStream("/" + name)) {
                    in.transferTo(jar);
                }
            }
        }
        Files.move(half, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
