package hoopoe.platform.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hoopoe.api.http.ApiResponse;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The executable knows by reflection only what is registered. A record that is missing is found here, without GraalVM, and not by the
 * first event that needs it.
 */
class MetadataTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("hoopoe");

    private static final DescribedPredicate<JavaClass> OUR_RECORD =
            DescribedPredicate.describe("our record", type -> type.getName().startsWith("hoopoe.") && type.isRecord());

    @Test
    void whateverBecomesJsonIsRegistered() {
        var written = closure(Stream.of(functions(), named(), replied(), packed())
                .flatMap(Collection::stream)
                .toList());

        // Were the search to find less than there is, the next line would prove nothing.
        assertThat(names(written))
                .contains(
                        "hoopoe.batch.create.BatchRequest$RequestedRecipient",
                        "hoopoe.batch.view.BatchView$DispatchView",
                        "hoopoe.batch.view.MessageView$StatusChange",
                        "hoopoe.account.credit.AccountView$LastCredit",
                        "hoopoe.batch.Recipient",
                        "hoopoe.store.delivery.DeliveryReportRows$StatusFactRow",
                        "hoopoe.api.http.Problem$InvalidField",
                        "hoopoe.dispatch.stream.DispatchFunction$BatchItemFailure");
        assertThat(written.stream()
                        .filter(type -> !type.isAnnotatedWith(RegisterForReflection.class))
                        .map(JavaClass::getName))
                .as("records that are read or written as JSON and lack @RegisterForReflection")
                .isEmpty();
    }

    @Test
    void whateverIsBoundToXmlIsRegistered() {
        assertThat(PRODUCTION.stream()
                        .filter(type -> type.isAnnotatedWith(XmlAccessorType.class))
                        .filter(type ->
                                !type.isAnnotatedWith(XmlType.class) && !type.isAnnotatedWith(XmlRootElement.class))
                        .map(JavaClass::getName))
                .as("Quarkus registers classes with @XmlRootElement or @XmlType only")
                .isEmpty();
    }

    /** What Funqy reads and writes. */
    private static Set<JavaClass> functions() {
        return PRODUCTION.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Funq.class))
                .flatMap(
                        method -> Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream()))
                .flatMap(MetadataTest::records)
                .collect(Collectors.toSet());
    }

    /** Records whose class is passed to other code, to read JSON into it. A provider's answers are matched by class, not read. */
    private static Set<JavaClass> named() {
        return PRODUCTION.stream()
                .flatMap(type -> type.getReferencedClassObjects().stream())
                .map(reference -> reference.getRawType())
                .filter(OUR_RECORD)
                .filter(type -> !type.getPackageName().equals("hoopoe.provider"))
                .collect(Collectors.toSet());
    }

    /** What is shown: views, and what a function makes of its own records where it makes an answer. */
    private static Set<JavaClass> replied() {
        return PRODUCTION.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(MetadataTest::replies)
                .flatMap(method -> Stream.concat(
                        method.getConstructorCallsFromSelf().stream()
                                .map(call -> call.getTargetOwner())
                                .filter(type -> type.getPackageName()
                                        .equals(method.getOwner().getPackageName())),
                        method.getMethodCallsFromSelf().stream()
                                .map(call -> call.getTarget().getRawReturnType())
                                .filter(type ->
                                        SHOWN.matcher(type.getSimpleName()).find())))
                .filter(OUR_RECORD)
                .filter(type -> !type.isEquivalentTo(ApiResponse.class))
                .collect(Collectors.toSet());
    }

    private static final Pattern SHOWN = Pattern.compile("(View|Response|Result)$");

    private static boolean replies(JavaMethod method) {
        return Stream.concat(method.getMethodCallsFromSelf().stream(), method.getConstructorCallsFromSelf().stream())
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(ApiResponse.class)
                        && Set.of("ok", "json", "<init>").contains(call.getName()));
    }

    /** Rows of packed attributes: the store names them by {@code TypeReference}. */
    private static Set<JavaClass> packed() {
        return PRODUCTION.stream()
                .filter(type -> type.isAssignableTo(TypeReference.class))
                .flatMap(type -> type.getSuperclass().stream())
                .flatMap(MetadataTest::records)
                .collect(Collectors.toSet());
    }

    private static Stream<JavaClass> records(JavaType type) {
        return type.getAllInvolvedRawTypes().stream().filter(OUR_RECORD);
    }

    /** With the records that their components are made of. */
    private static Set<JavaClass> closure(Collection<JavaClass> roots) {
        var all = new LinkedHashSet<JavaClass>();
        roots.forEach(root -> add(root, all));
        return all;
    }

    private static void add(JavaClass type, Set<JavaClass> all) {
        if (all.add(type)) {
            type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .flatMap(field -> records(field.getType()))
                    .forEach(component -> add(component, all));
        }
    }

    private static Set<String> names(Collection<JavaClass> types) {
        return types.stream().map(JavaClass::getName).collect(Collectors.toSet());
    }
}
