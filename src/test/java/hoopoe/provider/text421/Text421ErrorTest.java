package hoopoe.provider.text421;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why the provider said no, and whose mistake it is. */
class Text421ErrorTest {

    @ParameterizedTest
    @CsvSource({
        "'unknown prefix 421999', unknown_prefix, false",
        "' Unknown\tNetwork 7', unknown_network, false",
        "'unknwon network 7', unknown_network, false",
        "'missing incoming msg', missing_incoming_msg, false",
        "'missing parameter: text', missing_parameter, true",
        "'MISSING PARAMETER', missing_parameter, true",
        "'unknown type 9', unknown_type, true",
        "'is an unknown type', 400, false",
        "'no credit', 400, false",
        "'', 400, false"
    })
    void theWordsTell(String description, String code, boolean isOurs) {
        assertThat(Text421Error.of(description).code(400)).isEqualTo(code);
        assertThat(Text421Error.isOurs(code)).isEqualTo(isOurs);
    }
}
