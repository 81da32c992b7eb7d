package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {

    @Test
    void whatDoesNotStartLeavesNothingOpen(@TempDir Path folder) throws Exception {
        var artifact = folder.resolve("function.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(artifact))) {
            zip.putNextEntry(new ZipEntry("bootstrap"));
        }
        var opened = new ArrayList<URI>();
        Simulator.Start sound = (api, given) -> {
            var simulator = Every8d.on(0).start(api, given);
            opened.addAll(List.of(api, URI.create(simulator.url())));
            return simulator;
        };
        Simulator.Start broken = (api, given) -> {
            throw new IllegalStateException("broken");
        };
        var builder = Stack.builder().artifact(artifact).simulators(List.of(sound, broken));

        assertThatThrownBy(builder::start).hasMessage("broken");

        assertThat(opened).hasSize(2).allSatisfy(address -> assertThat(new LocalPort("", address.getPort()).free())
                .isPositive());
    }
}
