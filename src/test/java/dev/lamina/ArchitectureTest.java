package dev.lamina;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.http.HttpResponse.BodySubscriber;
import org.jspecify.annotations.NullMarked;

/** The walls of the house: see docs/architecture.md and the package pages. */
@AnalyzeClasses(packages = "dev.lamina", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesKnowOnlyThoseAboveThem = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture()
            .layer("io")
            .definedBy("dev.lamina.io..")
            .layer("network")
            .definedBy("dev.lamina.network..")
            .layer("data")
            .definedBy("dev.lamina.data..")
            .layer("model")
            .definedBy("dev.lamina.model..")
            .layer("sim")
            .definedBy("dev.lamina.sim..")
            .layer("train")
            .definedBy("dev.lamina.train..")
            .layer("chip")
            .definedBy("dev.lamina.chip..")
            .layer("activity")
            .definedBy("dev.lamina.activity..")
            .layer("mapping")
            .definedBy("dev.lamina.mapping..")
            .layer("energy")
            .definedBy("dev.lamina.energy..")
            .layer("report")
            .definedBy("dev.lamina.report..")
            .layer("serve")
            .definedBy("dev.lamina.serve..")
            .layer("bench")
            .definedBy("dev.lamina.bench..")
            .layer("cli")
            .definedBy("dev.lamina.cli..")
            .whereLayer("io")
            .mayNotAccessAnyLayer()
            .whereLayer("network")
            .mayOnlyAccessLayers("io")
            .whereLayer("data")
            .mayOnlyAccessLayers("io", "network")
            .whereLayer("model")
            .mayOnlyAccessLayers("io", "network", "data")
            .whereLayer("sim")
            .mayOnlyAccessLayers("network", "data", "model")
            .whereLayer("train")
            .mayOnlyAccessLayers("io", "network", "data", "model", "sim")
            .whereLayer("chip")
            .mayOnlyAccessLayers("io", "network", "data", "model", "sim")
            .whereLayer("activity")
            .mayOnlyAccessLayers("io", "network", "model", "sim")
            .whereLayer("mapping")
            .mayOnlyAccessLayers("io", "network", "sim", "activity")
            .whereLayer("energy")
            .mayOnlyAccessLayers("io", "mapping")
            .whereLayer("report")
            .mayOnlyAccessLayers("io", "network", "data", "model", "sim", "activity", "mapping", "energy")
            .whereLayer("serve")
            .mayOnlyAccessLayers("io", "network", "data", "model", "sim", "chip")
            .whereLayer("bench")
            .mayOnlyAccessLayers("network", "data", "model", "sim", "train", "chip");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.lamina.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheTrainerKnowsTensors = onlyKnownIn("org.bytedeco..", "dev.lamina.train..");

    @ArchTest
    static final ArchRule onlyTheChipKnowsActors = onlyKnownIn("akka..", "dev.lamina.chip..");

    /** The chip configures Akka, whose configuration is HOCON as well. */
    @ArchTest
    static final ArchRule onlyTheSettingsKnowConfigurationFiles =
            onlyKnownIn("com.typesafe.config..", "dev.lamina.io..", "dev.lamina.chip..");

    @ArchTest
    static final ArchRule onlyFilesReportsAndTheServerKnowJson = onlyKnownIn(
            "com.fasterxml.jackson..",
            "dev.lamina.model..",
            "dev.lamina.report..",
            "dev.lamina.serve..",
            "dev.lamina.cli..");

    @ArchTest
    static final ArchRule onlyTheServerKnowsJetty = onlyKnownIn("org.eclipse.jetty..", "dev.lamina.serve..");

    @ArchTest
    static final ArchRule onlyTheServerKnowsPrometheus = onlyKnownIn("io.prometheus..", "dev.lamina.serve..");

    @ArchTest
    static final ArchRule onlyReportsKnowJavaScript = onlyKnownIn("org.mozilla.javascript..", "dev.lamina.report..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsOptions = onlyKnownIn("picocli..", "dev.lamina.cli..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsProgressBars = onlyKnownIn("me.tongfei..", "dev.lamina.cli..");

    @ArchTest
    static final ArchRule simulationIsPlain = classes()
            .that()
            .resideInAPackage("dev.lamina.sim..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java.lang..",
                            "java.util..",
                            "jdk.incubator.vector..",
                            "org.agrona..",
                            "org.eclipse.collections..",
                            "org.jspecify..",
                            "dev.lamina..")
                    .and(not(resideInAPackage("java.util.concurrent.."))));

    @ArchTest
    static final ArchRule networksAndSimulationDoNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage("dev.lamina.network..", "dev.lamina.sim..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes().should(new ArchCondition<>("be in a @NullMarked package") {
        @Override
        public void check(JavaClass item, ConditionEvents events) {
            boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(new SimpleConditionEvent(item, marked, item.getName() + " is not in a @NullMarked package"));
        }
    });

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints =
            noClasses().that().resideOutsideOfPackage("dev.lamina.cli..").should(ACCESS_STANDARD_STREAMS);

    /** A comma for a point where the machine's language has one. */
    @ArchTest
    static final ArchRule nothingDependsOnTheLocale = noClasses()
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase");

    @ArchTest
    static final ArchRule onlyTheCommandLineEndsTheProcess = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lamina.cli..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    /** Of libraries' interfaces, picocli's and that of an HTTP client's answer ask for one. */
    @ArchTest
    static final ArchRule accessorsAreNamedByTheirNoun = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("dev.lamina.cli..")
            .and()
            .areDeclaredInClassesThat()
            .areNotAssignableTo(BodySubscriber.class)
            .should()
            .haveNameMatching("get[A-Z].*");

    private static ArchRule onlyKnownIn(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
