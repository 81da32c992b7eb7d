package hoopoe.provider.http;

import hoopoe.testing.SelfSigned;
import hoopoe.testing.SocketPeer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLServerSocket;

/** A TLS server with a certificate that it signed itself. */
final class TlsPeer {

    private final SelfSigned certificate;

    TlsPeer(Path directory) {
        certificate = new SelfSigned(directory);
    }

    KeyStore trust() throws Exception {
        return certificate.trust();
    }

    Path pem() throws Exception {
        return certificate.pem();
    }

    SocketPeer open(boolean wantsClientCertificate, SocketPeer.Behaviour behaviour) throws Exception {
        var server = (SSLServerSocket) certificate
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(wantsClientCertificate);
        return new SocketPeer(server, "https", behaviour);
    }
}
