package hoopoe.platform;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** The source of what nobody shall guess, or have twice. */
class SystemRandom {

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }
}
