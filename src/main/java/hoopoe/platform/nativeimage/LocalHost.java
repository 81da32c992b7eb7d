package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.common.net.HostName;
import java.net.InetAddress;

/** Saves the first log record a lookup in resolver, hosts file and perhaps DNS: Lambda's host name is of no interest. */
@TargetClass(HostName.class)
final class LocalHost {

    private LocalHost() {}

    @Substitute
    static InetAddress getLocalHost() {
        return InetAddress.getLoopbackAddress();
    }
}
