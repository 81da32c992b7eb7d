package hoopoe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private final Properties properties = new Properties();

    @Test
    void anEmptySettingIsNone() {
        properties.setProperty("bench.n", "");
        properties.setProperty("bench.quick", "");
        var options = Options.of(properties);
        assertThat(options.n()).isEqualTo(20_000);
        assertThat(options.quick()).isFalse();
        assertThat(options.natives()).endsWith(Path.of("target", "function.zip"));
    }

    @Test
    void aQuickRunIsSmallUnlessToldOtherwise() {
        properties.setProperty("bench.quick", "true");
        properties.setProperty("bench.n", "5000");
        var options = Options.of(properties);
        assertThat(options.n()).isEqualTo(5000);
        assertThat(options.rounds()).isEqualTo(3);
    }

    @Test
    void aFileThatIsNamedMustBeThere() {
        properties.setProperty("bench.native", "no/such.zip");
        assertThatThrownBy(() -> Options.of(properties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such.zip");
    }
}
