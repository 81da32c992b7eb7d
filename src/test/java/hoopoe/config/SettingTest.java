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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of settings are the code's, and the code reads nothing beside them. */
class SettingTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    /** Besides the accounts, what an installation is likely to set. */
    private static final Set<Setting> COMMON = EnumSet.of(
            Setting.ACCOUNTS_JSON, Setting.SECRETS_PREFIX, Setting.DEFAULT_ACCOUNT, Setting.TRUSTED_CERTIFICATES);

    private static final Pattern NAME = Pattern.compile("\"(hoopoe\\.[a-z.-]*[a-z])\"");

    @Test
    void readmeHasWhatAnInstallationSets() {
        var rows = new ArrayList<String>();
        rows.addAll(rows(SettingTest::isOfAnAccount));
        Arrays.stream(AccountOption.values())
                .map(option -> row("hoopoe.accounts.<name>." + option.key(), option.meaning(), option.otherwise()))
                .forEach(rows::add);
        rows.addAll(rows(COMMON::contains));
        Document.of(Path.of("README.md")).holds("settings", table(rows));
    }

    @Test
    void operationsHaveTheOthers() {
        Document.of(Path.of("src", "site", "operations.md"))
                .holds("more settings", table(rows(setting -> !isOfAnAccount(setting) && !COMMON.contains(setting))));
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

    private static List<String> rows(Predicate<Setting> wanted) {
        return Arrays.stream(Setting.values())
                .filter(wanted)
                .map(SettingTest::row)
                .toList();
    }

    private static String table(List<String> rows) {
        return "| setting | meaning | default |\n|---|---|---|\n" + String.join("\n", rows);
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
