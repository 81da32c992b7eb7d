package hoopoe.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.testing.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthoritiesTest {

    @TempDir
    Path directory;

    @Test
    void thoseOfTheFileAreTrustedBesidesJavasOwn() throws Exception {
        var certificate = new SelfSigned(directory);

        var store = CertificateAuthorities.with(certificate.pem());

        assertThat(store.getCertificateAlias(certificate.trust().getCertificate("peer")))
                .isNotNull();
        assertThat(store.size()).isGreaterThan(50);
    }

    @Test
    void aFileThatIsNotThereIsNamedWithItsSetting() {
        assertThatThrownBy(() -> CertificateAuthorities.with(directory.resolve("nope.pem")))
                .hasMessageContaining("hoopoe.provider.trusted-certificates")
                .hasMessageContaining("nope.pem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aFileWithoutCertificatesIsRefused(String text) throws Exception {
        var file = Files.writeString(directory.resolve("some.pem"), text);

        assertThatThrownBy(() -> CertificateAuthorities.with(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hoopoe.provider.trusted-certificates");
    }
}
