package hoopoe.local.text421;

import hoopoe.local.stage.CallbackClient;
import java.net.URI;
import java.util.Optional;

/**
 * One try of a push.
 *
 * @param number 1 for the first, up to 25
 * @param answer nothing when nothing came back
 */
public record CallbackAttempt(URI url, int number, Optional<CallbackClient.Answer> answer) {

    /** 200 and a body of {@code OK}, and nothing else. */
    public boolean taken() {
        return answer.filter(got -> got.status() == 200 && got.body().strip().equals("OK"))
                .isPresent();
    }
}
