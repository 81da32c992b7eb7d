package hoopoe.provider.http;

import hoopoe.config.Misconfiguration;
import hoopoe.config.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The authorities trusted for a provider's server: Java's own and, for a company's proxy or gateway, those of a file. */
final class CertificateAuthorities {

    private CertificateAuthorities() {}

    /**
     * @return null where no file is configured: only Java's own are trusted then
     * @throws Misconfiguration where the file is absent or holds no certificates
     */
    static @Nullable KeyStore of(Config config) {
        var file = Setting.TRUSTED_CERTIFICATES.text(config);
        return file.isPresent() ? with(Path.of(file.get())) : null;
    }

    /** @param file certificates in PEM, one after the other */
    static KeyStore with(Path file) {
        try (var in = Files.newInputStream(file)) {
            var more = certificates(in);
            if (more.isEmpty()) {
                throw new Misconfiguration(Setting.TRUSTED_CERTIFICATES.key() + ": no certificate in " + file);
            }
            var known = known();
            known.addAll(more);
            return store(known);
        } catch (IOException | GeneralSecurityException e) {
            throw new Misconfiguration(Setting.TRUSTED_CERTIFICATES.key() + ": " + file + " cannot be used", e);
        }
    }

    private static List<Certificate> certificates(InputStream pem) throws GeneralSecurityException {
        return new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(pem));
    }

    private static List<Certificate> known() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        var known = new ArrayList<Certificate>();
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                known.addAll(Arrays.asList(x509.getAcceptedIssuers()));
            }
        }
        return known;
    }

    private static KeyStore store(List<Certificate> certificates) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("JKS"); // the REST client reads this type, and certificates need no encryption
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        return store;
    }
}
