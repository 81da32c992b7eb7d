package hoopoe.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;

/** The one place where the real time comes in. */
class SystemClock {

    /** In whole milliseconds, which is what the table keeps: a time reads the same when it is told and when it is found. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
