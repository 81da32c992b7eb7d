package hoopoe.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.observability.SafeStackTrace;
import hoopoe.testing.Document;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README's table of what can be set is the code's, and the code reads nothing beside it. */
class SettingTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern NAME = Pattern.compile("\"(hoopoe\\.[a-z.-]*[a-z])\"");

    @Test
    void readmeHasTheTable() {
        Document.of(Path.of("README.md")).holds("settings", table());
    }

    @Test
    void nothingElseIsRead() throws IOException {
        try (var sources = Files.walk(SOURCES)) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("Setting.java")
                                    && !file.toString().contains("nativeimage"))
                            .flatMap(SettingTest::names))
                    .isEmpty();
        }
    }

    @Test
    void aDefaultOfADurationIsOne() {
        assertThat(Setting.CALL_TIMEOUT.usual()).hasSeconds(20);
    }

    @Test
    void whatCannotBeReadIsNamedAndNotRepeated() {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("hoopoe.timing.session", "canary", "hoopoe.not-before", "canary"), "test", 100))
                .build();

        assertThat(SafeStackTrace.of(catchThrowable(() -> Setting.SESSION.duration(config))))
                .contains("Misconfiguration: hoopoe.timing.session is no duration")
                .doesNotContain("canary");
        assertThat(SafeStackTrace.of(catchThrowable(() -> Setting.NOT_BEFORE.instant(config))))
                .contains("Misconfiguration: hoopoe.not-before is no instant")
                .doesNotContain("canary");
    }

    private static Stream<String> names(Path source) {
        try {
            return NAME.matcher(Files.readString(source))
                    .results()
                    .map(found -> source.getFileName() + " reads " + found.group(1));
        } catch (IOException e) {
            throw new AssertionError(source.toString(), e);
        }
    }

    private static String table() {
        var rows = new ArrayList<String>(List.of("| setting | meaning | default |", "|---|---|---|"));
        var all = Arrays.asList(Setting.values());
        all.stream().filter(SettingTest::isOfAnAccount).map(SettingTest::row).forEach(rows::add);
        Arrays.stream(AccountOption.values())
                .map(option -> row("hoopoe.accounts.<name>." + option.key(), option.meaning(), option.otherwise()))
                .forEach(rows::add);
        all.stream()
                .filter(setting -> !isOfAnAccount(setting))
                .map(SettingTest::row)
                .forEach(rows::add);
        return rows.stream().collect(Collectors.joining("\n"));
    }

    private static boolean isOfAnAccount(Setting setting) {
        return setting.key().contains("<name>");
    }

    private static String row(Setting setting) {
        return row(setting.key(), setting.meaning(), setting.otherwise());
    }

    private static String row(String key, String meaning, String otherwise) {
        return "| `" + key + "` | " + meaning + " | " + (otherwise.isEmpty() ? "" : '`' + otherwise + '`') + " |";
    }
}
