package io.socketharness.compatibility.gradle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The published modules of this build, which are put where Gradle finds them. */
final class Reactor {

    /** Of a test run by Maven, the working directory is its module's. */
    static final Path ROOT = Path.of("../..");

    private Reactor() {}

    static String version() throws IOException {
        return first("<version>([^<]+)</version>", Files.readString(ROOT.resolve("pom.xml")));
    }

    /** The modules that users get as jars. */
    static List<String> published() throws IOException {
        List<String> published = new ArrayList<>();
        for (Path module : modules()) {
            published.add(artifact(module));
        }
        return published;
    }

    /** Puts them, their parents and the BOM into a Maven repository. */
    static void publish(Path repository) throws IOException {
        put(repository, ROOT);
        put(repository, ROOT.resolve("published"));
        put(repository, ROOT.resolve("harness-bom"));
        for (Path module : modules()) {
            put(repository, module);
        }
    }

    private static List<Path> modules() throws IOException {
        List<Path> modules = new ArrayList<>();
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        for (MatchResult module : Pattern.compile("<module>([^<]+)</module>")
                .matcher(pom)
                .results()
                .toList()) {
            Path directory = ROOT.resolve(module.group(1));
            if (parent(directory).equals("socket-harness-published")) {
                modules.add(directory);
            }
        }
        return modules;
    }

    private static String parent(Path module) throws IOException {
        String pom = Files.readString(module.resolve("pom.xml"));
        return pom.contains("<parent>") ? first("<artifactId>([^<]+)</artifactId>", pom) : "";
    }

    private static String artifact(Path module) throws IOException {
        String pom = Files.readString(module.resolve("pom.xml"));
        return first("<artifactId>([^<]+)</artifactId>", pom.replaceFirst("(?s)<parent>.*</parent>", ""));
    }

    private static void put(Path repository, Path module) throws IOException {
        String artifact = artifact(module);
        Path directory = repository.resolve("io/socketharness/" + artifact + "/" + version());
        String name = artifact + "-" + version();
        Files.createDirectories(directory);
        Files.copy(module.resolve("pom.xml"), directory.resolve(name + ".pom"));
        Path jar = module.resolve("target/" + name + ".jar");
        if (!Files.readString(module.resolve("pom.xml")).contains("<packaging>pom</packaging>")) {
            Files.copy(jar, directory.resolve(name + ".jar"));
        }
    }

    private static String first(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
