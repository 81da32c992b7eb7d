package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Questions whose key dies under them. */
class Every8dQuestionTest extends SessionFixture {

    @Test
    void aQuestionIsAskedAgainWithANewKey() {
        key(ready());
        provider.forget();
        var asked = new ArrayList<SessionKey>();

        var answer = new Every8dQueryCall(provider, session)
                .withKey(account, "credit", Deadline.in(Duration.ofSeconds(28), clock), key -> {
                    asked.add(key);
                    return provider.honours(key) ? Optional.of("2310.00") : Optional.empty();
                });

        assertThat(answer).isEqualTo("2310.00");
        assertThat(asked).extracting(SessionKey::generation).containsExactly(1L, 2L);
    }

    @Test
    void aQuestionIsAskedTwiceAtMost() {
        var asked = new ArrayList<SessionKey>();

        assertThatThrownBy(() -> new Every8dQueryCall(provider, session)
                        .withKey(account, "credit", Deadline.in(Duration.ofSeconds(28), clock), key -> {
                            asked.add(key);
                            return Optional.empty();
                        }))
                .isInstanceOf(ProviderException.ProviderBusy.class)
                .hasMessage("credit: -301");

        assertThat(asked).hasSize(2);
    }

    @Test
    void aQuestionBeginsNoLoginThatWouldBeCutOff() {
        var questions = new Every8dQueryCall(provider, session);
        var late = Deadline.in(Duration.ofSeconds(21), clock);

        assertThatThrownBy(() -> questions.withKey(account, "credit", late, key -> Optional.of(1)))
                .isInstanceOf(ProviderException.ProviderBusy.class)
                .hasMessage("credit: no_time");
        assertThat(provider.logins()).isZero();
        key(ready());
        assertThat(questions.<Integer>withKey(account, "credit", late, key -> Optional.of(1)))
                .isEqualTo(1);
    }

    @Test
    void aQuestionWithoutAKeySaysWhy() {
        var questions = new Every8dQueryCall(provider, session);
        var deadline = Deadline.in(Duration.ofSeconds(28), clock);
        provider.next(LOST).next(new Every8dLoginResult.LoginRefused("-999", "blocked"));

        assertThatThrownBy(() -> questions.withKey(account, "credit", deadline, key -> Optional.of(1)))
                .isInstanceOf(ProviderException.ProviderUnavailable.class);
        assertThatThrownBy(() -> questions.withKey(account, "credit", deadline, key -> Optional.of(1)))
                .isInstanceOf(ProviderException.ProviderRefused.class)
                .hasMessage("credit: -999");
    }
}
