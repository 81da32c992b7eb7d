package hoopoe.local.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;

/** The JVM runtime's few classes by themselves, so that nothing else of the tests' class path reaches a function. */
final class RuntimeJar {

    private static final List<Class<?>> TYPES = List.of(JvmRuntime.class, InvocationContext.class);

    private RuntimeJar() {}

    /** @return a jar that is never written again: a class archive knows the time of each */
    static Path in(Path folder) throws IOException {
        var jar = folder.resolve("runtime-%08x.jar".formatted(sum()));
        if (!Files.exists(jar)) {
            var half = Files.createTempFile(folder, "runtime", null);
            write(half);
            Files.move(half, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        return jar;
    }

    private static long sum() throws IOException {
        var sum = new CRC32();
        for (var type : TYPES) {
            sum.update(code(type));
        }
        return sum.getValue();
    }

    private static void write(Path file) throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (var type : TYPES) {
                jar.putNextEntry(new JarEntry(name(type)));
                jar.write(code(type));
            }
        }
    }

    private static byte[] code(Class<?> type) throws IOException {
        var code = new ByteArrayOutputStream();
        try (var in = type.getResourceAsStream("/" + name(type))) {
            in.transferTo(code);
        }
        return code.toByteArray();
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }
}
