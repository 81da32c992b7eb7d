package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void aSettingIsAnEnvironmentVariable() {
        assertThat(Settings.variable("hoopoe.poll.first-check")).isEqualTo("HOOPOE_POLL_FIRST_CHECK");
        assertThat(Settings.variable("HOOPOE_STORE_TABLE")).isEqualTo("HOOPOE_STORE_TABLE");
    }

    @Test
    void onlyOursAreTakenAndPropertiesWin() {
        var properties = new Properties();
        properties.setProperty("hoopoe.accounts.every8d.user", "from the command line");
        properties.setProperty("user.home", "/nowhere");
        var environment = Map.of(
                "HOOPOE_ACCOUNTS_EVERY8D_USER", "from the shell",
                "HOOPOE_ACCOUNTS_EVERY8D_PASSWORD", "secret",
                "PATH", "/bin");

        assertThat(Settings.given(properties, environment))
                .isEqualTo(Map.of(
                        "HOOPOE_ACCOUNTS_EVERY8D_USER", "from the command line",
                        "HOOPOE_ACCOUNTS_EVERY8D_PASSWORD", "secret"));
    }
}
