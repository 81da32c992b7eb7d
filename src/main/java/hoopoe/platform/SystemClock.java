package hoopoe.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;

/** The only source of real time. */
class SystemClock {

    /** In whole milliseconds, which is what the table keeps: a time reads the same before and after it is stored. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
