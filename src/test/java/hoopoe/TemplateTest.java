package hoopoe;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hoopoe.config.Setting;
import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.Template;
import io.quarkus.funqy.Funq;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What ties the template to the code by nothing but a text. */
class TemplateTest {

    private final Template template = Template.read(Path.of("template.yaml"));

    @Test
    void everyFunctionIsDeployedAndEveryDeployedFunctionIsThere() {
        assertThat(template.functions())
                .extracting(FunctionDefinition::export)
                .containsExactlyInAnyOrderElementsOf(funqs());
    }

    @Test
    void everyFunctionKnowsItsTimeout() {
        assertThat(template.functions())
                .allSatisfy(function -> assertThat(function.environment().get("HOOPOE_TIMING_FUNCTION"))
                        .isEqualTo(function.timeout().toSeconds() + "s"));
    }

    /** An operator's resend waits until none that may hold the dispatch can be alive. */
    @Test
    void theLongestTimeoutIsTheOneThatAResendWaitsFor() {
        assertThat(template.functions().stream()
                        .map(FunctionDefinition::timeout)
                        .max(Comparator.naturalOrder()))
                .contains(Setting.LONGEST_FUNCTION.usual());
    }

    private static Set<String> funqs() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("hoopoe").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Funq.class))
                        .map(TemplateTest::name)
                        .collect(Collectors.toSet());
    }

    private static String name(JavaMethod method) {
        var given = method.getAnnotationOfType(Funq.class).value();
        return given.isEmpty() ? method.getName() : given;
    }
}
