package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.common.net.HostName;
import java.net.InetAddress;

/** Spares the first log record the resolver, the hosts file and perhaps a question to DNS: Lambda has no host of any interest. */
@TargetClass(HostName.class)
final class LocalHost {

    private LocalHost() {}

    @Substitute
    static InetAddress getLocalHost() {
        return InetAddress.getLoopbackAddress();
    }
}
