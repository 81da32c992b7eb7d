package hoopoe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void theTablesTakeThePlaceOfTheLast() {
        var page = "before\n<!-- results -->\nold\n<!-- /results -->\nafter\n";
        assertThat(Page.replaced(page, "new")).isEqualTo("before\n<!-- results -->\n\nnew\n<!-- /results -->\nafter\n");
    }

    @Test
    void aPageWithoutAPlaceIsLeftAlone() {
        assertThatThrownBy(() -> Page.replaced("text", "new")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePageOfTheProjectHasThePlace() throws IOException {
        assertThat(Page.replaced(Files.readString(Page.PERFORMANCE), "new")).contains("<!-- results -->\n\nnew\n");
    }
}
