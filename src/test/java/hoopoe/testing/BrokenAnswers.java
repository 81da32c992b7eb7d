package hoopoe.testing;

import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Delivery;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers of a provider that are none. */
public final class BrokenAnswers {

    private static final Answer PAGE = Answer.html(200, "<html><body>Maintenance</body></html>");

    private BrokenAnswers() {}

    /** What proves nothing. Some of it came although the work was done. */
    public static Map<String, Fault> all() {
        var faults = new LinkedHashMap<String, Fault>();
        faults.put("slow", Fault.slow(Duration.ofSeconds(20)));
        faults.put("dripping", Fault.dripping(Duration.ofMillis(200)));
        faults.put("garbage", Fault.garbage());
        faults.put("an error page", Fault.html500());
        faults.put("an error page after the work", Fault.html500AfterWork());
        faults.put("a page", Fault.instead(PAGE));
        faults.put("an empty answer", Fault.instead(Answer.of(200, "text/xml; charset=utf-8", "")));
        faults.put("an empty result", Fault.says(""));
        faults.put("half an answer", Fault.cutBody(200, Ending.CLOSE));
        faults.put("half an answer that looks whole", Fault.shortened(100));
        faults.put(
                "an answer of unknown length, cut",
                work -> work.carryOut().shortened(100).by(Delivery.untilClose()));
        faults.put("a line that is reset", Fault.dropAfterWork(Ending.RESET));
        faults.put("a line that is closed unread", Fault.dropBeforeWork(Ending.CLOSE));
        faults.put("a SOAP fault", Fault.fails("Object reference not set to an instance of an object."));
        faults.put("-99", Fault.says("-99,unknown"));
        return faults;
    }
}
