package hoopoe.secret;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import hoopoe.prove.fuzz.Probe;
import java.nio.charset.StandardCharsets;

/** The secret of an account, as an operator wrote it. */
class SecretFuzzTest {

    @FuzzTest
    @DictionaryEntries({"\"user\":\"", "\"password\":\"", "\"billing_key\":", "\"callback_tokens\":[\"", "null", ","})
    void secret(byte[] input) {
        var read = Probe.of(input, bytes -> AccountSecret.read(new String(bytes, StandardCharsets.UTF_8), "1"));
        read.ifPresent(secret -> {
            must(secret.callbackTokens().stream().noneMatch(String::isBlank), "a token that everybody knows");
            must(
                    secret.credentials().isEmpty()
                            || !secret.user().isEmpty() && !secret.password().isEmpty(),
                    "credentials without a password");
            must(secret.toString().equals("AccountSecret[********]"), "it prints itself");
        });
    }
}
