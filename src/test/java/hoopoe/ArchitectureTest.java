package hoopoe;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import hoopoe.observability.Metrics;
import hoopoe.account.session.LoginHistory;
import hoopoe.account.session.Session;
import hoopoe.account.session.SessionStore;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.xml.bind.annotation.XmlAccessorType;
import java.net.URL;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The directions of the packages, and what is not done anywhere. */
class ArchitectureTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPath("target/classes");

    private static final String[] FUNCTIONS = {
        "hoopoe.send..",
        "hoopoe.dispatch..",
        "hoopoe.status..",
        "hoopoe.credit..",
        "hoopoe.erase..",
        "hoopoe.callback..",
        "hoopoe.poll..",
        "hoopoe.authorize..",
        "hoopoe.keys.."
    };

    @Test
    void layersKnowOnlyWhatIsBelow() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("functions")
                .definedBy(FUNCTIONS)
                .layer("http")
                .definedBy("hoopoe.http..")
                .layer("settle")
                .definedBy("hoopoe.settle..")
                .layer("batch")
                .definedBy("hoopoe.batch..")
                .layer("account")
                .definedBy("hoopoe.account..")
                .layer("store")
                .definedBy("hoopoe.store..")
                .layer("secret")
                .definedBy("hoopoe.secret..")
                .layer("adapters")
                .definedBy("hoopoe.provider.*..")
                .layer("provider")
                .definedBy("hoopoe.provider")
                .layer("message")
                .definedBy("hoopoe.message..")
                .layer("access")
                .definedBy("hoopoe.access..")
                .whereLayer("functions")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("adapters")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("functions")
                .whereLayer("settle")
                .mayOnlyBeAccessedByLayers("functions")
                .whereLayer("batch")
                .mayOnlyBeAccessedByLayers("functions", "settle")
                .whereLayer("account")
                .mayOnlyBeAccessedByLayers("functions", "batch")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("functions", "settle", "batch", "account")
                .whereLayer("secret")
                .mayOnlyBeAccessedByLayers("functions", "batch", "adapters")
                .whereLayer("provider")
                .mayOnlyBeAccessedByLayers("functions", "settle", "batch", "account", "http", "store", "adapters")
                .whereLayer("message")
                .mayNotAccessAnyLayer()
                .whereLayer("access")
                .mayNotAccessAnyLayer()
                .check(PRODUCTION);
    }

    @Test
    void whatIsToldToLogsAndMetricsIsToldFromAbove() {
        classes()
                .that()
                .resideInAnyPackage("hoopoe.log..", "hoopoe.metric..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("hoopoe.."))
                        .or(resideInAnyPackage("hoopoe", "hoopoe.log..", "hoopoe.metric..")))
                .check(PRODUCTION);
        noClasses()
                .that()
                .resideInAPackage("hoopoe.log..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("hoopoe.metric..")
                .check(PRODUCTION);
    }

    @Test
    void functionsDoNotKnowEachOther() {
        slices().matching("hoopoe.(send|dispatch|status|credit|erase|callback|poll|authorize|keys)..")
                .should()
                .notDependOnEachOther()
                .check(PRODUCTION);
    }

    @Test
    void providersDoNotKnowEachOther() {
        slices().matching("hoopoe.provider.(every8d|text421|smspanel)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void topPackagesHaveNoCycles() {
        slices().matching("hoopoe.(*)..").should().beFreeOfCycles().check(PRODUCTION);
    }

    @Test
    void partsOfABatchHaveNoCycles() {
        slices().matching("hoopoe.batch.(*)..").should().beFreeOfCycles().check(PRODUCTION);
        noClasses()
                .that()
                .resideInAPackage("hoopoe.batch")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hoopoe.batch.*..")
                .check(PRODUCTION);
    }

    @Test
    void onlyTheStoreAndSecretsKnowTheAwsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackages("hoopoe.store..", "hoopoe.secret..", "hoopoe.nativeimage..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(PRODUCTION);
    }

    @Test
    void onlyProvidersKnowXmlBindingAndRest() {
        noClasses()
                .that()
                .resideOutsideOfPackages("hoopoe.provider..", "hoopoe.nativeimage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.xml.bind..", "jakarta.ws.rs..", "io.vertx..")
                .check(PRODUCTION);
    }

    @Test
    void onlyTheStoreImplementsWhatTheProvidersAskOfIt() {
        noClasses()
                .that()
                .resideInAPackage("hoopoe.store..")
                .should()
                .dependOnClassesThat(resideInAPackage("hoopoe.provider..")
                        .and(not(belongToAnyOf(SessionStore.class, Session.class, LoginHistory.class))))
                .check(PRODUCTION);
    }

    @Test
    void lambdaEventsStayAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackage("hoopoe.http..")
                .and()
                .haveSimpleNameNotEndingWith("Function")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.amazonaws..")
                .check(PRODUCTION);
    }

    @Test
    void wireClassesStayInTheirPackage() {
        classes()
                .that()
                .areAnnotatedWith(XmlAccessorType.class)
                .should()
                .bePackagePrivate()
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    /** Each of these is tried with documents that lie elsewhere. */
    @Test
    void xmlIsReadAtFewPlaces() {
        assertThat(readersOfXml(PRODUCTION)).containsExactly("hoopoe.provider.xml.XmlCursor");
        assertThat(readersOfXml(new ClassFileImporter().importPath("target/test-classes/hoopoe/local"))
                        .filter(name -> !name.endsWith("Caller")))
                .containsExactly(
                        "hoopoe.local.every8d.Xml", "hoopoe.local.smspanel.SoapCall", "hoopoe.local.text421.BillXml");
    }

    private static Stream<String> readersOfXml(JavaClasses classes) {
        return classes.stream()
                .filter(not(resideInAPackage("hoopoe.nativeimage..")))
                .filter(
                        type -> type.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass().getName())
                                .anyMatch(
                                        name -> name.matches(
                                                "javax\\.xml\\.(stream\\.XMLInputFactory|(parsers|transform|validation|xpath)\\..*)|org\\.xml\\.sax\\.XMLReader")))
                .map(JavaClass::getName)
                .sorted();
    }

    @Test
    void nobodyUsesWhatOnlyTheBuilderReads() {
        noClasses()
                .that()
                .resideOutsideOfPackage("hoopoe.nativeimage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hoopoe.nativeimage..", "com.oracle.svm..", "org.graalvm..")
                .check(PRODUCTION);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        fields().should().notBeAnnotatedWith(Inject.class).check(PRODUCTION);
    }

    @Test
    void timeComesFromAClock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(PRODUCTION);
    }

    @Test
    void nobodyReadsTheEnvironmentOrPrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("hoopoe.runtime..") // Lambda's own variable
                .and()
                .areNotAssignableTo(Metrics.class) // CloudWatch takes metrics from where it takes log lines
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(PRODUCTION);
    }

    /** What others throw may repeat numbers, texts and secrets. Objections repeat a setting, for who set it. */
    @Test
    void onlyMessagesOfOursAreRead() {
        noClasses()
                .that()
                .haveNameNotMatching("hoopoe\\.provider\\.(every8d\\.Every8dCalls|smspanel\\.SmspanelDialect)")
                .should()
                .callMethodWhere(describe(
                        "a message of an exception that is not ours",
                        call -> call.getTarget().getName().matches("get(Localized)?Message")
                                && call.getTargetOwner().isAssignableTo(Throwable.class)
                                && !call.getTargetOwner().isAssignableTo(Loggable.class)))
                .check(PRODUCTION);
        classes()
                .that()
                .areAssignableTo(Loggable.class)
                .should()
                .resideInAPackage("hoopoe..")
                .check(PRODUCTION);
    }

    @Test
    void noProviderCallGoesThroughTheClientThatRepeatsPosts() {
        noClasses()
                .that()
                .resideInAPackage("hoopoe.provider..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.HttpURLConnection")
                .orShould()
                .callMethod(URL.class, "openConnection")
                .check(PRODUCTION);
    }

    @Test
    void aFunctionIsAPublicApplicationScopedClassWithOneFunq() {
        classes()
                .that(simpleNameEndingWith("Function"))
                .and(resideInAnyPackage(FUNCTIONS))
                .should()
                .bePublic()
                .andShould()
                .beAnnotatedWith(ApplicationScoped.class)
                .andShould(haveOneFunq())
                .check(PRODUCTION);
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Function")
                .should(haveOneFunq())
                .check(PRODUCTION);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|DTO|Dto|Mapper|Service)")
                .orShould()
                .resideInAnyPackage(
                        "..util..",
                        "..common..",
                        "..helper..",
                        "..dto..",
                        "..model..",
                        "..entity..",
                        "..service..",
                        "..impl..")
                .check(PRODUCTION);
    }

    @Test
    void theWordsNeedNothingButJava() {
        classes()
                .that()
                .resideInAPackage("hoopoe.message..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "hoopoe.message..", "org.jspecify..")
                .check(PRODUCTION);
    }

    private static ArchCondition<JavaClass> haveOneFunq() {
        return new ArchCondition<>("have exactly one @Funq method, named as the package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var names = type.getMethods().stream()
                        .filter(method -> method.isAnnotatedWith(Funq.class))
                        .map(JavaMethod::getName)
                        .toList();
                var expected =
                        type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
                var holds = names.size() == 1 && names.get(0).equals(expected);
                events.add(new SimpleConditionEvent(type, holds, type.getName() + " has @Funq " + names));
            }
        };
    }
}
