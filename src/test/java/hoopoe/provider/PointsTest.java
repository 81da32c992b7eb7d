package hoopoe.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointsTest {

    @ParameterizedTest
    @CsvSource({"2,2.0", "2.00,2.0", "0,0.0", "0.00,0.0", "-1.50,-1.5", "0.333,0.333", "1E+2,100.0", "1E-8,0.00000001"})
    void anAmountHasOneForm(BigDecimal amount, String written) {
        assertThat(Points.of(amount)).isEqualTo(new Points("points", written));
    }

    @Test
    void whatNobodySaidIsNone() {
        assertThat(Points.orNull(null)).isNull();
    }
}
