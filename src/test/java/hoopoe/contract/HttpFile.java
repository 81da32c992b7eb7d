package hoopoe.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code hoopoe.http}: requests as the HTTP clients of editors read them, of which this understands what the file uses.
 *
 * @param variables as they are set at the top
 */
record HttpFile(Map<String, String> variables, List<Call> calls) {

    static final Path FILE = Path.of("src", "site", "hoopoe.http");

    private static final Pattern TITLE = Pattern.compile("(.+): (\\d{3})");
    private static final Pattern SETTING = Pattern.compile("@(\\w+) = (.+)");

    /**
     * One request, its variables not yet filled in.
     *
     * @param status that its title says
     * @param headers names and values in turn
     */
    record Call(String title, int status, String method, String url, List<String> headers, String body) {}

    static HttpFile read() {
        try {
            var parts = Files.readString(FILE).split("(?m)^### ");
            var calls = new ArrayList<Call>();
            for (int i = 1; i < parts.length; i++) {
                calls.add(call(parts[i]));
            }
            return new HttpFile(variables(parts[0]), calls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> variables(String top) {
        var variables = new LinkedHashMap<String, String>();
        top.lines()
                .map(SETTING::matcher)
                .filter(line -> line.matches())
                .forEach(line -> variables.put(line.group(1), line.group(2)));
        return variables;
    }

    private static Call call(String part) {
        var lines = part.lines().toList();
        var title = TITLE.matcher(lines.get(0));
        if (!title.matches()) {
            throw new IllegalArgumentException("a title without a status: " + lines.get(0));
        }
        var request = lines.get(1).split(" ", 2);
        var headers = new ArrayList<String>();
        int at = 2;
        for (; at < lines.size() && !lines.get(at).isBlank(); at++) {
            headers.addAll(List.of(lines.get(at).split(": ", 2)));
        }
        var body = String.join("\n", lines.subList(Math.min(at, lines.size()), lines.size()))
                .strip();
        return new Call(title.group(1), Integer.parseInt(title.group(2)), request[0], request[1], headers, body);
    }
}
