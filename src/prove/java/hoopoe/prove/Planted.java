package hoopoe.prove;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * {@code mvn -Pplanted}: takes a condition out of the real code, one at a time, and tells after how many histories it is missed. Each
 * file of {@code src/prove/planted} says what is left out, and which lines become which.
 */
public final class Planted {

    private static final Path SOURCES = Path.of("src", "main", "java", "hoopoe");
    private static final Path CLASSES = Path.of("target", "planted");
    private static final Pattern EDIT =
            Pattern.compile("@@ (\\S+)\\n(.*?)\\n==>\\n(.*?)\\n(?=@@ |\\z)", Pattern.DOTALL);

    private Planted() {}

    /** @param args how many seeds at most; and the names of some, else all are planted */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        var wanted = List.of(args).subList(1, args.length);
        var missed = new ArrayList<String>();
        for (var plant : plants()) {
            var name = plant.getFileName().toString().replace(".txt", "");
            if (wanted.isEmpty() || wanted.contains(name)) {
                var found = found(compiled(plant, name), Long.parseLong(args[0]));
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s |%n",
                        name,
                        Files.readAllLines(plant).get(0),
                        found);
                if (found.endsWith("0 failed")) {
                    missed.add(name);
                }
            }
        }
        System.out.println(missed.isEmpty() ? "all are found" : "not found: " + missed);
        System.exit(missed.isEmpty() ? 0 : 1);
    }

    static List<Path> plants() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "prove", "planted"))) {
            return files.sorted().toList();
        }
    }

    /**
     * @return each changed source, by its place below those of the product
     * @throws IllegalStateException where the code is not as the plant knows it
     */
    static Map<Path, String> changed(Path plant) throws IOException {
        var changed = new LinkedHashMap<Path, String>();
        var edit = EDIT.matcher(Files.readString(plant));
        while (edit.find()) {
            var file = Path.of(edit.group(1));
            var old = changed.containsKey(file) ? changed.get(file) : Files.readString(SOURCES.resolve(file));
            if (!old.contains(edit.group(2))) {
                throw new IllegalStateException(plant + " does not fit " + file + " any more");
            }
            changed.put(file, old.replace(edit.group(2), edit.group(3)));
        }
        return changed;
    }

    /** @return where the changed classes are */
    private static Path compiled(Path plant, String name) throws IOException {
        var changed = changed(plant);
        var sources = CLASSES.resolve(name).resolve("java");
        var classes = Files.createDirectories(CLASSES.resolve(name).resolve("classes"));
        var arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-parameters",
                "-nowarn",
                "--release",
                "17",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
        for (Map.Entry<Path, String> one : changed.entrySet()) {
            var file = sources.resolve(one.getKey());
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, one.getValue()).toString());
        }
        if (changed.isEmpty()
                || ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException(plant + " plants nothing");
        }
        return classes;
    }

    /** What {@link Prove} says of it: all classes of ours are loaded anew, the changed ones before the others. */
    private static String found(Path changed, long seeds) throws IOException, ReflectiveOperationException {
        var places = new ArrayList<>(List.of(changed.toUri().toURL()));
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                places.add(Path.of(entry).toUri().toURL());
            }
        }
        try (var ours = new Ours(places.toArray(URL[]::new))) {
            var search = ours.loadClass(Prove.class.getName()).getDeclaredMethod("search", long.class, long.class);
            search.setAccessible(true);
            return (String) search.invoke(null, 1, seeds);
        }
    }

    private static final class Ours extends URLClassLoader {

        Ours(URL[] places) {
            super(places, Planted.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("hoopoe.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
