package hoopoe.local.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final Fault ONE = Fault.says("one");
    private static final Fault TWO = Fault.says("two");

    private final Faults faults = new Faults();

    @Test
    void eachTakesItsTurn() {
        faults.next("a", ONE).plan("a", 1, 2, TWO);
        assertThat(faults.take("a")).hasValue(ONE);
        assertThat(faults.take("b")).isEmpty();
        assertThat(faults.take("a")).isEmpty();
        assertThat(faults.take("a")).hasValue(TWO);
        assertThat(faults.take("a")).hasValue(TWO);
        assertThat(faults.take("a")).isEmpty();
    }

    @Test
    void anyOperationAndAlways() {
        faults.always(Faults.ANY, ONE);
        assertThat(faults.take("a")).hasValue(ONE);
        assertThat(faults.take("b")).hasValue(ONE);
        faults.clear();
        assertThat(faults.take("b")).isEmpty();
    }

    @Test
    void senselessPlansAreRefused() {
        assertThatThrownBy(() -> faults.plan("a", -1, 1, ONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.plan("a", 0, 0, ONE)).isInstanceOf(IllegalArgumentException.class);
    }
}
