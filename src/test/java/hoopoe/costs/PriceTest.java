package hoopoe.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PriceTest {

    @Test
    void everyPriceSaysWhoseItIsAndWhereItWasRead() throws Exception {
        assertThat(Price.all()).hasSizeGreaterThan(10).allSatisfy(price -> {
            assertThat(price.key()).isNotBlank();
            assertThat(price.per()).isPositive();
            assertThat(price.source()).isNotBlank();
            assertThat(price.seen()).isNotBlank();
        });
        assertThat(Price.all()).extracting(Price::key).doesNotHaveDuplicates();
    }

    @Test
    void aUsageCostsItsShare() {
        var price = new Price("function calls", 0.2, 1_000_000, "", "");
        var usage = Usage.of("function calls", 2_000_000).plus(Usage.of("API calls", 7));

        assertThat(price.of(usage)).isCloseTo(0.4, within(1e-9));
        assertThat(price.of(Usage.NOTHING)).isZero();
    }

    @Test
    void usagesAreComparedByName() {
        var before = new Usage(Map.of("a", 1.0, "b", 2.0));
        var after = new Usage(Map.of("a", 4.0, "b", 2.0, "c", 1.0));

        assertThat(after.minus(before).times(2).amounts()).isEqualTo(Map.of("a", 6.0, "b", 0.0, "c", 2.0));
    }
}
