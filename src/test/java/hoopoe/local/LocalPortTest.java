package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPortTest {

    private static final String SETTING = "hoopoe.local.secrets-port";

    @Test
    void aPortThatIsTakenIsNamedWithItsSetting() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = LocalPort.of(Map.of(), SETTING, other.getLocalPort());

            assertThatThrownBy(port::free)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("port " + other.getLocalPort()
                            + " is taken: give another by -Dhoopoe.local.secrets-port=…");
        }
    }

    @Test
    void whatIsGivenWins() {
        var given = Map.of("HOOPOE_LOCAL_SECRETS_PORT", "0");

        assertThat(LocalPort.of(given, SETTING, 3004).free()).isZero();
        assertThat(LocalPort.of(Map.of(), SETTING, 3004).number()).isEqualTo(3004);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "five", "-1", "65536", "4294967295", "99999999999"})
    void whatIsNoPortIsSaidByItsSetting(String given) {
        assertThatThrownBy(() -> LocalPort.of(Map.of("HOOPOE_LOCAL_SECRETS_PORT", given), SETTING, 3004))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(SETTING + " is no ");
    }
}
