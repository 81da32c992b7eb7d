package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.stage.Switches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {
    private final Switches switches = new Switches(Switch.class);
    private final Price price = new Price(switches);

    @ParameterizedTest
    @CsvSource({
        "1,1", "70,1", "71,2", "134,2", "135,3", "201,3", "202,4", "268,4", "269,5", "333,5", "334,6", "336,6", "403,6",
        "404,7", "666,10", "667,11"
    })
    void theLadderAndItsBlocks(int characters, int points) {
        assertThat(price.of(characters, false)).isEqualByComparingTo(String.valueOf(points));
    }

    @ParameterizedTest
    @CsvSource({"333,5", "334,5", "335,5", "336,6", "403,7"})
    void theOtherReadingAbove333(int characters, int points) {
        switches.set(Switch.LongPrice.PARTS_OF_67);
        assertThat(price.of(characters, false)).isEqualByComparingTo(String.valueOf(points));
    }

    @ParameterizedTest
    @CsvSource({"1,3,3", "70,3,3", "71,6,6", "140,6,9", "141,9,9", "300,15,15", "350,15,18"})
    void abroadByPartsOrByTheLadder(int characters, int parts, int ladder) {
        assertThat(price.of(characters, true)).isEqualByComparingTo(String.valueOf(parts));
        switches.set(Switch.ForeignPrice.LADDER);
        assertThat(price.of(characters, true)).isEqualByComparingTo(String.valueOf(ladder));
    }

    @Test
    void anAccountsOwnPriceMultiplies() {
        try (Every8dSimulator simulator = Every8dSimulator.start()) {
            simulator.account("demo", "secret").credit("10").price("0.7");
            Caller caller = Caller.of(simulator);
            String key = caller.login("demo", "secret");
            assertThat(caller.send(key, "x".repeat(71), "0912345678")).startsWith("8.6,1,1.4,0,");
            assertThat(caller.credit(key)).isEqualTo("8.60");
        }
    }
}
