package hoopoe;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import hoopoe.message.SortableTime;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.store.table.ConflictRetry.ContentionException;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.xml.bind.annotation.XmlAccessorType;
import java.net.URL;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The directions of the packages, and what is not done anywhere. */
class ArchitectureTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPath("target/classes");

    private static final int MOST_ARGUMENTS = 7;
    private static final int MOST_COMPONENTS = 12;

    private static final String ROUTES = "hoopoe.api.(send|status|credit|cancel|callback|authorize|keys|webhooks)..";

    @Test
    void layersKnowOnlyWhatIsBelow() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("api")
                .definedBy("hoopoe.api..")
                .layer("services")
                .definedBy(
                        "hoopoe.account.credit..",
                        "hoopoe.batch.*..",
                        "hoopoe.dispatch.*..",
                        "hoopoe.delivery.*..",
                        "hoopoe.event.*..",
                        "hoopoe.inbox.*..",
                        "hoopoe.schedule..")
                .layer("store")
                .definedBy("hoopoe.store..")
                .layer("adapters")
                .definedBy("hoopoe.provider.*..")
                .layer("records")
                .definedBy("hoopoe.batch", "hoopoe.dispatch", "hoopoe.delivery", "hoopoe.event", "hoopoe.inbox")
                .layer("secret")
                .definedBy("hoopoe.secret..")
                .layer("port")
                .definedBy("hoopoe.provider", "hoopoe.account.session")
                .layer("account")
                .definedBy("hoopoe.account")
                .layer("message")
                .definedBy("hoopoe.message..")
                .layer("access")
                .definedBy("hoopoe.access..")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("services")
                .whereLayer("services")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("adapters")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("api", "services")
                .whereLayer("records")
                .mayOnlyBeAccessedByLayers("api", "services", "store")
                .whereLayer("secret")
                .mayOnlyBeAccessedByLayers("api", "services", "adapters")
                .whereLayer("message")
                .mayNotAccessAnyLayer()
                .whereLayer("access")
                .mayNotAccessAnyLayer()
                .check(PRODUCTION);
    }

    /** A function that is no route of the API uses how a direct invocation is answered, and nothing else of the API. */
    @Test
    void onlyFunctionsKnowTheApi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("hoopoe.api..")
                .and()
                .haveSimpleNameNotEndingWith("Function")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("hoopoe.api..")
                .check(PRODUCTION);
        noClasses()
                .that()
                .resideOutsideOfPackage("hoopoe.api..")
                .should()
                .dependOnClassesThat(resideInAPackage("hoopoe.api..").and(not(resideInAPackage("hoopoe.api.http.."))))
                .check(PRODUCTION);
    }

    @Test
    void whatIsToldToLogsAndMetricsIsToldFromAbove() {
        classes()
                .that()
                .resideInAPackage("hoopoe.observability..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("hoopoe.."))
                        .or(resideInAnyPackage(
                                "hoopoe", "hoopoe.observability..", "hoopoe.config..", "hoopoe.message..")))
                .check(PRODUCTION);
    }

    @Test
    void routesDoNotKnowEachOther() {
        slices().matching(ROUTES).should().notDependOnEachOther().check(PRODUCTION);
    }

    @Test
    void providersDoNotKnowEachOther() {
        slices().matching("hoopoe.provider.(every8d|text421|smspanel)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    /** The repositories are one slice: an item of one is written in a transaction of another. */
    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        var name = type.getPackageName();
                        return SliceIdentifier.of(
                                name.matches("hoopoe\\.store(\\.(?!table).*)?") ? "hoopoe.store" : name);
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(PRODUCTION);
    }

    @Test
    void onlyTheStoreUsesTheTable() {
        noClasses()
                .that()
                .resideOutsideOfPackages("hoopoe.store..", "hoopoe.platform.nativeimage..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("hoopoe.store.table..").and(not(assignableTo(ContentionException.class))))
                .check(PRODUCTION);
    }

    @Test
    void theTableKnowsNothingOfMessages() {
        classes()
                .that()
                .resideInAPackage("hoopoe.store.table..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("hoopoe.."))
                        .or(resideInAnyPackage("hoopoe", "hoopoe.store.table..", "hoopoe.config.."))
                        .or(belongToAnyOf(SortableTime.class, SafeStackTrace.class)))
                .check(PRODUCTION);
    }

    @Test
    void aNameIsUsedOnce() {
        var names = PRODUCTION.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.isEmpty() && !name.equals("package-info"))
                .toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    /** {@code Told}, {@code Shown}, {@code Settled}: what of whom? */
    @Test
    void noNameIsABareParticiple() {
        assertThat(PRODUCTION.stream().filter(JavaClass::isTopLevelClass).map(JavaClass::getSimpleName))
                .noneMatch(name -> name.matches(
                        "[A-Z][a-z]*ed|(?!Setting)[A-Z][a-z]*ing|Told|Shown|Sent|Said|Kept|Known|Taken|Lost|Done"));
    }

    /** A class that needs more wants parting. */
    @Test
    void constructorsTakeFewArguments() {
        var most = PRODUCTION.stream()
                .filter(type -> !type.isRecord())
                .flatMap(type -> type.getConstructors().stream())
                .mapToInt(constructor -> constructor.getRawParameterTypes().size())
                .max()
                .orElseThrow();
        assertThat(most).isLessThanOrEqualTo(MOST_ARGUMENTS);
    }

    /** A record that needs more wants parting. The JSON of an answer is as flat as callers know it. */
    @Test
    void recordsHaveFewComponents() {
        assertThat(PRODUCTION.stream()
                        .filter(JavaClass::isRecord)
                        .filter(type -> !type.getSimpleName().matches(".*(View|Response)"))
                        .filter(type -> type.reflect().getRecordComponents().length > MOST_COMPONENTS))
                .isEmpty();
    }

    @Test
    void onlyTheStoreAndSecretsKnowTheAwsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "hoopoe.store..", "hoopoe.aws..", "hoopoe.secret..", "hoopoe.platform.nativeimage..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(PRODUCTION);
    }

    @Test
    void onlyProvidersKnowXmlBindingAndRest() {
        noClasses()
                .that()
                .resideOutsideOfPackages("hoopoe.provider..", "hoopoe.platform.nativeimage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.xml.bind..", "jakarta.ws.rs..")
                .check(PRODUCTION);
        noClasses()
                .that()
                .resideOutsideOfPackages("hoopoe.provider..", "hoopoe.event.webhook..", "hoopoe.platform.nativeimage..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(PRODUCTION);
    }

    @Test
    void onlyTheStoreImplementsWhatTheProvidersAskOfIt() {
        noClasses()
                .that()
                .resideInAPackage("hoopoe.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("hoopoe.provider..")
                .check(PRODUCTION);
    }

    @Test
    void lambdaEventsStayAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackage("hoopoe.api.http..")
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
                .filter(not(resideInAPackage("hoopoe.platform.nativeimage..")))
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
                .resideOutsideOfPackage("hoopoe.platform.nativeimage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hoopoe.platform.nativeimage..", "com.oracle.svm..", "org.graalvm..")
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
                .resideOutsideOfPackage("hoopoe.platform.runtime..") // Lambda's own variable
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

    /** Exceptions of libraries may repeat numbers, texts and secrets. Objections repeat a setting, for the operator who set it. */
    @Test
    void onlyMessagesOfOursAreRead() {
        noClasses()
                .that()
                .haveNameNotMatching("hoopoe\\.provider\\.(every8d\\.Every8dClient|smspanel\\.SmspanelDialect)")
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
                .and()
                .areTopLevelClasses()
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

    /** Besides Java only annotations, which say how a word is read from JSON. */
    @Test
    void theWordsNeedNothingButJava() {
        classes()
                .that()
                .resideInAPackage("hoopoe.message..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "hoopoe.message..", "org.jspecify..")
                        .or(belongToAnyOf(RegisterForReflection.class, JsonCreator.class, JsonValue.class)))
                .check(PRODUCTION);
    }

    private static ArchCondition<JavaClass> haveOneFunq() {
        return new ArchCondition<>("have exactly one @Funq method, named as the class") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var names = type.getMethods().stream()
                        .filter(method -> method.isAnnotatedWith(Funq.class))
                        .map(JavaMethod::getName)
                        .toList();
                var expected = type.getSimpleName().replace("Function", "").toLowerCase(Locale.ROOT);
                var holds = names.size() == 1 && names.get(0).equals(expected);
                events.add(new SimpleConditionEvent(type, holds, type.getName() + " has @Funq " + names));
            }
        };
    }
}
