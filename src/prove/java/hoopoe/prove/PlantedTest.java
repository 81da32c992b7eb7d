package hoopoe.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Planted bugs that fit no line of the code prove nothing. {@code mvn -Pplanted} says whether the histories find them. */
class PlantedTest {

    static List<Path> plants() throws IOException {
        return Planted.plants();
    }

    @ParameterizedTest
    @MethodSource("plants")
    void eachFitsTheCode(Path plant) throws IOException {
        assertThat(Planted.changed(plant)).isNotEmpty();
    }
}
