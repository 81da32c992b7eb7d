package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MobileTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"0912345678", "+886912345678", "886912345678", "8860912345678", "+8860912345678", " 0912345678 "
            })
    void taiwanHasFiveForms(String written) {
        assertThat(Mobile.parse(written)).hasValueSatisfying(mobile -> {
            assertThat(mobile.number()).isEqualTo("+886912345678");
            assertThat(mobile.taiwan()).isTrue();
            assertThat(mobile.local()).isEqualTo(written.strip().startsWith("09"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"+4915112345678", "+12028951800"})
    void abroadWantsAPlus(String written) {
        assertThat(Mobile.parse(written)).hasValue(new Mobile(written, false, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "09123456789",
                "091234567",
                "4915112345678",
                "+886212345678",
                "+8869123456789",
                "+0123456789",
                "+1234567",
                "+1234567890123456",
                "0912-345-678",
                "０９１２３４５６７８"
            })
    void allOthersAreNone(String written) {
        assertThat(Mobile.parse(written)).isEmpty();
    }
}
