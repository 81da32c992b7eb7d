package hoopoe.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {

    private static final List<String> OFFERED = List.of("application/json", "text/csv");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv | text/csv",
                "TEXT/CSV ; charset=utf-8 | text/csv",
                "text/* | text/csv",
                "text/csv, application/json | application/json",
                "text/csv;q=0.5, application/json;q=0.4 | text/csv",
                "text/csv; Q=0.4 ,application/json; q=0.5 | application/json",
                "application/json;q=0, */* | text/csv",
                "text/csv;q=0, */* | application/json",
                "text/*;q=1, text/csv;q=0.1, application/json;q=0.2 | application/json",
                "text/html,application/xhtml+xml,*/*;q=0.8 | application/json",
                "text/csv;q=1.000 | text/csv",
                "text/csv;q=1.1 | application/json",
                "text/csv;q=many | application/json",
                "image/png | application/json",
                ", ;, text/csv | text/csv",
                "; | application/json"
            })
    void theTypeOfTheGreatestWeightIsTaken(String header, String type) {
        assertThat(AcceptHeader.best(Optional.of(header), OFFERED)).isEqualTo(type);
    }

    @Test
    void whoSaysNothingGetsTheFirst() {
        assertThat(AcceptHeader.best(Optional.empty(), OFFERED)).isEqualTo("application/json");
    }
}
