package io.socketharness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.Test;

/** Which package may use which: the root uses scripts, scripts use TLS, all use recordings, nothing points back. */
class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.socketharness");

    @Test
    void recordingsUseNothingOfOurs() {
        classes()
                .that()
                .resideInAPackage("io.socketharness.recording")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.socketharness.recording", "java..", "javax..", "org.jspecify..")
                .check(CORE);
    }

    @Test
    void scriptsUseRecordingsAndTlsAlone() {
        classes()
                .that()
                .resideInAPackage("io.socketharness.script")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.socketharness.script",
                        "io.socketharness.tls",
                        "io.socketharness.recording",
                        "java..",
                        "org.jspecify..")
                .check(CORE);
    }

    @Test
    void tlsUsesRecordingsAlone() {
        classes()
                .that()
                .resideInAPackage("io.socketharness.tls")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.socketharness.tls",
                        "io.socketharness.recording",
                        "java..",
                        "javax..",
                        "org.jspecify..",
                        "org.bouncycastle..")
                .check(CORE);
    }

    @Test
    void bouncyCastleIsTouchedByCertificatesAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.socketharness.tls")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bouncycastle..")
                .check(CORE);
    }

    @Test
    void publicClassesShowNothingOfBouncyCastle() {
        noClasses()
                .that()
                .arePublic()
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
    void theServerKnowsNoAssertions() {
        classes()
                .that()
                .resideInAPackage("io.socketharness")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.socketharness",
                        "io.socketharness.script",
                        "io.socketharness.recording",
                        "io.socketharness.tls",
                        "java..",
                        "javax..",
                        "jdk.net..",
                        "org.jspecify..",
                        "org.newsclub.net.unix..")
                .check(CORE);
    }

    @Test
    void junixsocketIsTouchedWhereTheJdkHasNoneAlone() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Junixsocket")
                .and()
                .doNotHaveSimpleName("Native")
                .and()
                .doNotHaveSimpleName("UnixNames")
                .and()
                .doNotHaveSimpleName("AbstractAddress")
                .and()
                .doNotHaveSimpleName("AbstractStream")
                .and()
                .doNotHaveSimpleName("UnixDatagramPort")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.newsclub.net.unix..")
                .check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.socketharness.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void nothingSleepsOrPrints() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CORE);
        noClasses().should().accessField(System.class, "out").check(CORE);
        noClasses().should().accessField(System.class, "err").check(CORE);
    }
}
