package io.socketharness;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.socketharness.spi.VerificationResult;
import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.Test;

/** Which room may use which. A room is an exported package and the internal ones that implement it. */
class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.socketharness");

    /** The root package holds the server that tests use, and the values that say which server that is. */
    private static final DescribedPredicate<JavaClass> SERVER =
            nameMatching("io\\.socketharness\\.FakeServer(\\$.*)?").forSubtype();

    @Test
    void roomsUseThoseBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("spi")
                .definedBy("io.socketharness.spi..")
                .layer("assertj")
                .definedBy("io.socketharness.assertj..")
                .layer("server")
                .definedBy(SERVER.or(resideInAPackage("io.socketharness.internal.server..")))
                .layer("unix")
                .definedBy("io.socketharness.internal.unix..")
                .layer("stream")
                .definedBy("io.socketharness.internal.stream..")
                .layer("datagram")
                .definedBy("io.socketharness.internal.datagram..")
                .layer("runtime")
                .definedBy("io.socketharness.internal.runtime..")
                .layer("specification")
                .definedBy(resideInAPackage("io.socketharness")
                        .and(not(SERVER))
                        .or(resideInAPackage("io.socketharness.internal.spec..")))
                .layer("net")
                .definedBy("io.socketharness.internal.net..")
                .layer("script")
                .definedBy("io.socketharness.script..", "io.socketharness.internal.script..")
                .layer("forward")
                .definedBy("io.socketharness.internal.forward..")
                .layer("capture")
                .definedBy("io.socketharness.internal.capture..")
                .layer("tape")
                .definedBy("io.socketharness.internal.tape..")
                .layer("network")
                .definedBy("io.socketharness.network..", "io.socketharness.internal.network..")
                .layer("tls")
                .definedBy("io.socketharness.tls..", "io.socketharness.internal.tls..")
                .layer("recording")
                .definedBy("io.socketharness.recording..", "io.socketharness.internal.recording..")
                .whereLayer("spi")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("assertj")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("spi", "assertj")
                .whereLayer("unix")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("stream")
                .mayOnlyBeAccessedByLayers("server", "unix")
                .whereLayer("datagram")
                .mayOnlyBeAccessedByLayers("server", "unix")
                .whereLayer("runtime")
                .mayOnlyBeAccessedByLayers("server", "unix", "stream", "datagram")
                .whereLayer("specification")
                .mayOnlyBeAccessedByLayers("spi", "server", "unix", "stream", "datagram", "runtime")
                .whereLayer("net")
                .mayOnlyBeAccessedByLayers(
                        "server", "unix", "stream", "datagram", "runtime", "specification", "forward")
                .whereLayer("capture")
                .mayOnlyBeAccessedByLayers("spi", "server", "recording")
                .whereLayer("tape")
                .mayOnlyBeAccessedByLayers("spi", "specification")
                .whereLayer("forward")
                .mayOnlyBeAccessedByLayers("script")
                .whereLayer("script")
                .mayOnlyBeAccessedByLayers(
                        "spi",
                        "assertj",
                        "server",
                        "unix",
                        "stream",
                        "datagram",
                        "runtime",
                        "specification",
                        "forward",
                        "tape")
                .whereLayer("network")
                .mayOnlyBeAccessedByLayers("spi", "server", "stream", "datagram", "runtime", "specification", "script")
                .whereLayer("tls")
                .mayOnlyBeAccessedByLayers(
                        "spi", "server", "stream", "datagram", "runtime", "specification", "script", "forward")
                .check(CORE);
    }

    @Test
    void internalPackagesHaveNoCycles() {
        slices().matching("io.socketharness.internal.(**)")
                .should()
                .beFreeOfCycles()
                .check(CORE);
    }

    @Test
    void stepsUseTheConnectionThatUsersGet() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.socketharness.internal.script.steps", "io.socketharness.internal.script.framing")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("ScriptConnection")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("Conversation")
                .check(CORE);
    }

    @Test
    void publicSignaturesShowNothingInternal() {
        DescribedPredicate<JavaClass> internal = resideInAPackage("io.socketharness.internal..");
        noMethods()
                .that()
                .areDeclaredInClassesThat(not(internal))
                .and()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should()
                .haveRawReturnType(internal)
                .orShould()
                .haveRawParameterTypes(DescribedPredicate.anyElementThat(internal))
                .check(CORE);
    }

    @Test
    void bouncyCastleIsTouchedByCertificatesAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.socketharness.tls", "io.socketharness.internal.tls")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bouncycastle..")
                .check(CORE);
    }

    @Test
    void exportedClassesShowNothingOfBouncyCastle() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.socketharness.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bouncycastle..")
                .check(CORE);
    }

    @Test
    void noSecurityProviderIsRegistered() {
        noClasses()
                .should()
                .callMethod(Security.class, "addProvider", Provider.class)
                .check(CORE);
        noClasses()
                .should()
                .callMethod(Security.class, "insertProviderAt", Provider.class, int.class)
                .check(CORE);
    }

    @Test
    void coreUsesNoOtherLibrary() {
        classes()
                .that(not(resideInAnyPackage(
                                "io.socketharness.assertj",
                                "io.socketharness.internal.unix",
                                "io.socketharness.internal.tls")
                        .or(simpleName("RealUnixDatagrams"))
                        .or(simpleName("JunixsocketLibrary"))
                        .or(simpleName("Native"))))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.socketharness..", "java..", "javax..", "jdk.net..", "org.jspecify..")
                .check(CORE);
    }

    @Test
    void junixsocketIsTouchedWhereTheJdkHasNoneAlone() {
        noClasses()
                .that()
                .doNotHaveSimpleName("JunixsocketLibrary")
                .and()
                .doNotHaveSimpleName("RealUnixDatagrams")
                .and()
                .doNotHaveSimpleName("Native")
                .and()
                .doNotHaveSimpleName("UnixNames")
                .and()
                .doNotHaveSimpleName("AbstractNameAddress")
                .and()
                .doNotHaveSimpleName("AbstractNameStream")
                .and()
                .doNotHaveSimpleName("DuplicateChannels")
                .and()
                .doNotHaveSimpleName("UnixDatagramOutput")
                .and()
                .doNotHaveSimpleName("UnixDatagramPort")
                .and()
                .doNotHaveSimpleName("UnixDatagramOutput")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.newsclub.net.unix..")
                .check(CORE);
    }

    @Test
    void nothingSleepsOrPrints() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CORE);
        // but for the names of captures, which build servers read
        noClasses()
                .that()
                .doNotHaveSimpleName("CaptureFiles")
                .should()
                .accessField(System.class, "out")
                .check(CORE);
        // but for the line that names the cause of a test's own failure, and those about a tape or a capture
        noClasses()
                .that()
                .areNotAssignableTo(VerificationResult.class)
                .and()
                .doNotHaveSimpleName("TapeRecorder")
                .and()
                .doNotHaveSimpleName("CaptureFiles")
                .should()
                .accessField(System.class, "err")
                .check(CORE);
    }
}
