package dev.tryon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house's plan: which module may require which, and that the guide tells it as it is. */
class HouseTest {
    private static final Path ROOT = Path.of(System.getProperty("maven.multiModuleProjectDirectory", "../.."))
            .toAbsolutePath()
            .normalize();
    private static final Pattern NAME = Pattern.compile("^(?:open )?module ([\\w.]+)", Pattern.MULTILINE);
    private static final Pattern REQUIRES =
            Pattern.compile("^ +requires (?:transitive |static )*(dev\\.tryon\\.\\w+);", Pattern.MULTILINE);
    private static final Pattern UNEXPLAINED =
            Pattern.compile("^ +(?:requires static [^;]+|opens [^;]+|exports [^;]+ to [^;]+);\\s*$", Pattern.MULTILINE);

    private static final Set<String> PLUGIN = Set.of("dev.tryon.compute", "dev.tryon.vision", "dev.tryon.spi");
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "dev.tryon.spi", Set.of(),
            "dev.tryon.vision", Set.of("dev.tryon.spi"),
            "dev.tryon.cuda", Set.of("dev.tryon.vision", "dev.tryon.spi"),
            "dev.tryon.models", Set.of("dev.tryon.spi"),
            "dev.tryon.compute", Set.of("dev.tryon.cuda", "dev.tryon.vision", "dev.tryon.spi"),
            "dev.tryon.store", Set.of("dev.tryon.spi"),
            "dev.tryon.server",
                    Set.of(
                            "dev.tryon.store",
                            "dev.tryon.compute",
                            "dev.tryon.models",
                            "dev.tryon.vision",
                            "dev.tryon.spi"),
            "dev.tryon.testkit",
                    Set.of(
                            "dev.tryon.server",
                            "dev.tryon.store",
                            "dev.tryon.compute",
                            "dev.tryon.cuda",
                            "dev.tryon.models",
                            "dev.tryon.vision",
                            "dev.tryon.spi"));

    @Test
    void hasNoArrowThatThePlanForbids() throws IOException {
        arrows().forEach((module, required) -> assertThat(required)
                .describedAs("what %s requires", module)
                .isSubsetOf(ALLOWED.getOrDefault(module, PLUGIN)));
    }

    @Test
    void explainsEveryModuleAndEveryUnusualDirective() throws IOException {
        for (var file : moduleInfos()) {
            var text = Files.readString(file);
            assertThat(text)
                    .describedAs("Javadoc of %s", file)
                    .containsPattern("(?s)^/\\*\\*.{80,}?\\*/\\s*(open )?module");
            assertThat(UNEXPLAINED.matcher(text).results().map(found -> found.group()
                            .strip()))
                    .describedAs("directives of %s that do not say why", file)
                    .isEmpty();
        }
    }

    @Test
    void isToldInTheModuleGuideAsItIs() throws IOException {
        var guide = Files.readString(ROOT.resolve("docs/modules.md"));
        arrows().forEach((module, required) -> assertThat(guide)
                .contains("| `%s` | %s |".formatted(module, required.isEmpty() ? "nothing" : told(required))));
    }

    private static String told(Set<String> required) {
        return String.join(", ", required.stream().map(name -> "`" + name + "`").toList());
    }

    private static Map<String, Set<String>> arrows() throws IOException {
        var arrows = new TreeMap<String, Set<String>>();
        for (var file : moduleInfos()) {
            var text = Files.readString(file);
            var name = NAME.matcher(text);
            assertThat(name.find()).describedAs("module name in %s", file).isTrue();
            var required = new TreeSet<String>();
            REQUIRES.matcher(text).results().forEach(found -> required.add(found.group(1)));
            arrows.put(name.group(1), required);
        }
        assertThat(arrows.keySet()).containsAll(ALLOWED.keySet());
        return arrows;
    }

    private static List<Path> moduleInfos() throws IOException {
        try (Stream<Path> platform = Files.walk(ROOT.resolve("platform"));
                Stream<Path> plugins = Files.walk(ROOT.resolve("plugins"))) {
            return Stream.concat(platform, plugins)
                    .filter(path -> path.endsWith(Path.of("src", "main", "java", "module-info.java")))
                    .sorted()
                    .toList();
        }
    }
}
