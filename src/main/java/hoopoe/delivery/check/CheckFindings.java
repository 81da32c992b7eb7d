package hoopoe.delivery.check;

import hoopoe.delivery.CheckState;
import hoopoe.event.PublishedStates;
import java.util.Optional;

/**
 * What a check found, before it is written.
 *
 * @param told what listeners were told before; empty where nobody listens
 */
record CheckFindings(
        CheckState check,
        Optional<PublishedStates> told,
        CheckSchedule plan,
        ReportBuilder report,
        PollResult pollResult) {}
