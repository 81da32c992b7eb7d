package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.math.BigDecimal;

/** What a text costs, in points (document §1.2). Characters are counted as .NET does, in UTF-16 units; no document says so. */
final class Price {
    static final int LONGEST_LADDER = 333;

    private static final int TIMES_ABROAD = 3;
    private static final int[] LADDER = {70, 134, 201, 268, LONGEST_LADDER};

    private final Switches switches;

    Price(Switches switches) {
        this.switches = switches;
    }

    BigDecimal of(int characters, boolean abroad) {
        return BigDecimal.valueOf(abroad ? abroad(characters) : steps(characters));
    }

    private int abroad(int characters) {
        boolean parts = switches.is(Switch.ForeignPrice.PARTS_OF_70);
        return TIMES_ABROAD * (parts ? Math.max(1, up(characters, LADDER[0])) : steps(characters));
    }

    private int steps(int characters) {
        if (characters <= LONGEST_LADDER) {
            return step(characters);
        }
        if (switches.is(Switch.LongPrice.PARTS_OF_67)) {
            return up(characters, 67);
        }
        int rest = characters % LONGEST_LADDER;
        return LADDER.length * (characters / LONGEST_LADDER) + (rest == 0 ? 0 : step(rest));
    }

    private static int step(int characters) {
        int step = 0;
        while (LADDER[step] < characters) {
            step++;
        }
        return step + 1;
    }

    private static int up(int characters, int part) {
        return (characters + part - 1) / part;
    }
}
