package hoopoe.platform.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.configuration.ConfigRecorder;
import io.smallrye.config.SmallRyeConfig;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A substitution replaces code of one version of a library. Here, without GraalVM, it is seen that what it replaces is still there;
 * what it replaces it with is tried by the tests of the executable. Figures: src/site/native.md.
 */
class SubstitutionsTest {

    /** What each saves; a substitution that is not worth a line is not worth having. */
    private static final Map<String, String> WORTH = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "StartSubstitutions$UnmappedNames",
                    "a quarter of the first image's start: a warning for names that nothing reads"),
            Map.entry("StartSubstitutions$LocalHost", "a resolver and about 200 page faults at the first log record"),
            Map.entry("DeferredMappings$AtStart", "with the next: all config mappings at every start"),
            Map.entry("DeferredMappings$OnDemand", "three quarters of what is left of the start then"),
            Map.entry("WildcardIndex$Defaults", "every name compared with every name with a star"),
            Map.entry("UnusedSettings$OfDynamoDb", "with the next: three tenths of what is left of the start"),
            Map.entry("UnusedSettings$OfTls", "see UnusedSettings$OfDynamoDb"),
            Map.entry("StartSubstitutions$StartReports", "a twelfth of the start: warnings for a developer"),
            Map.entry(
                    "PollLoop",
                    "the processor time and garbage of HttpURLConnection for every event, and events of others"),
            Map.entry("ServiceEndpoints", "tables of three hundred services"),
            Map.entry(
                    "XmlSubstitutions$BoundAtBuild",
                    "what makes JAXB contexts: about a megabyte, and milliseconds of the first login"),
            Map.entry(
                    "XmlSubstitutions$Factories",
                    "with the next five: XML Schema, XSLT, XPath, DOM and SAX in the executable"),
            Map.entry("XmlSubstitutions$UnmarshallerReader", "see XmlSubstitutions$Factories"),
            Map.entry("XmlSubstitutions$SaxConstructors", "see XmlSubstitutions$Factories"),
            Map.entry("XmlSubstitutions$Symbols", "a name for a parameter"),
            Map.entry("XmlSubstitutions$Grammars", "a name for a parameter"),
            Map.entry("XmlSubstitutions$Configuration", "a name for a parameter"),
            Map.entry("XmlSubstitutions$SaxFactory", "see XmlSubstitutions$Factories"),
            Map.entry("XmlSubstitutions$DomFactory", "see XmlSubstitutions$Factories")));

    /** Quarkus writes it when it builds the application, so only the native build can tell. */
    private static final String GENERATED = "io.quarkus.runtime.generated.";

    static List<Class<?>> substitutions() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("hoopoe.platform.nativeimage")
                        .stream()
                        .map(type -> type.reflect())
                        .filter(type -> type.isAnnotationPresent(TargetClass.class))
                        .collect(Collectors.toList());
    }

    @Test
    void eachSaysWhatItIsWorth() {
        assertThat(substitutions().stream().map(SubstitutionsTest::name))
                .containsExactlyInAnyOrderElementsOf(WORTH.keySet());
    }

    /** Counted with these. Others are a warning, as a skipped test: they may have mended what is replaced here. */
    @Test
    void theFiguresAreOfTheseVersions() {
        assumeThat(location(SmallRyeConfig.class)).contains("smallrye-config-core-3.16.0");
        assumeThat(location(ConfigRecorder.class)).contains("quarkus-core-3.34.2");
    }

    @ParameterizedTest
    @MethodSource("substitutions")
    void whatItReplacesIsStillThere(Class<?> substitution) throws ClassNotFoundException {
        if (target(substitution).startsWith(GENERATED)) {
            return;
        }
        var replaced = Class.forName(target(substitution), false, getClass().getClassLoader());

        assertThat(members(substitution).filter(member -> !replaces(member, replaced)))
                .as("members of %s that %s has not", substitution.getSimpleName(), replaced.getName())
                .isEmpty();
    }

    private static Stream<Object> members(Class<?> substitution) {
        return Stream.of(
                        Arrays.stream(substitution.getDeclaredMethods()),
                        Arrays.stream(substitution.getDeclaredConstructors()),
                        Arrays.stream(substitution.getDeclaredFields()))
                .flatMap(members -> members)
                .filter(member ->
                        member.isAnnotationPresent(Substitute.class) || member.isAnnotationPresent(Alias.class))
                .map(member -> member);
    }

    private static boolean replaces(Object member, Class<?> replaced) {
        if (member instanceof Field field) {
            return Arrays.stream(replaced.getDeclaredFields())
                    .anyMatch(other -> other.getName().equals(field.getName())
                            && other.getType().equals(field.getType()));
        }
        var ours = (Executable) member;
        return candidates(ours, replaced)
                .anyMatch(other -> parameters(other).equals(parameters(ours))
                        && (!(ours instanceof Method method)
                                || method.getReturnType().equals(((Method) other).getReturnType())));
    }

    private static Stream<? extends Executable> candidates(Executable ours, Class<?> replaced) {
        return ours instanceof Method
                ? Arrays.stream(replaced.getDeclaredMethods())
                        .filter(other -> other.getName().equals(ours.getName()))
                : Arrays.stream(replaced.getDeclaredConstructors());
    }

    private static List<String> parameters(Executable executable) {
        return Arrays.stream(executable.getParameterTypes())
                .map(SubstitutionsTest::target)
                .toList();
    }

    /** A class that stands for another counts as that. */
    private static String target(Class<?> type) {
        var target = type.getAnnotation(TargetClass.class);
        if (target == null) {
            return type.getName();
        }
        return target.className().isEmpty() ? target.value().getName() : target.className();
    }

    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1);
    }

    private static String location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
