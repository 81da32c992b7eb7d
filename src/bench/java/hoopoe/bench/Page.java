package hoopoe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that shows the last run that was meant to be shown. */
final class Page {

    static final Path PERFORMANCE = Path.of("src", "site", "performance.md");

    private static final String BEGIN = "<!-- results -->\n";
    private static final String END = "<!-- /results -->\n";

    private Page() {}

    static void write(Path page, String tables) throws IOException {
        Files.writeString(page, replaced(Files.readString(page), tables));
    }

    /** @throws IllegalArgumentException where the page has no place for it */
    static String replaced(String page, String tables) {
        var begin = page.indexOf(BEGIN);
        var end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no " + BEGIN.strip() + " … " + END.strip());
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + tables + "\n" + page.substring(end);
    }
}
