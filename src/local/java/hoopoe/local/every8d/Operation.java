package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The operations of the service with their parameters in the order of the document; the last one is in the WSDL only. */
enum Operation {
    GET_CONNECTION("getConnection", "userID", "password"),
    CLOSE_CONNECTION("closeConnection", "sessionKey"),
    SEND_SMS("sendSMS", "sessionKey", "subject", "content", "mobile", "sendTime"),
    SEND_MESSAGE("sendMessage", "sessionKey", "subject", "content", "mobile", "sendTime", "retryTime"),
    SEND_PARAM_SMS("sendParamSMS", "sessionKey", "subject", "contentXML", "sendTime"),
    GET_DELIVERY_STATUS("getDeliveryStatus", "sessionKey", "batchID", "pageNo"),
    GET_CREDIT("getCredit", "sessionKey"),
    ERASE_BOOKING("eraseBooking", "sessionKey", "batchID"),
    GET_FREE_PHONE_CALLIN_LOG("getFreePhoneCallinLog", "sessionKey", "activityID", "beginDate", "endDate", "pageNo");

    private final String wireName;
    private final List<String> parameters;

    Operation(String wireName, String... parameters) {
        this.wireName = wireName;
        this.parameters = List.of(parameters);
    }

    static Optional<Operation> named(String wireName) {
        return Arrays.stream(values())
                .filter(operation -> operation.wireName.equals(wireName))
                .findFirst();
    }

    String wireName() {
        return wireName;
    }

    List<String> parameters() {
        return parameters;
    }

    String action() {
        return Soap.NAMESPACE + wireName;
    }

    /** Whether this installation has it. */
    boolean isThere(Switches switches) {
        return this != SEND_MESSAGE || switches.is(Switch.SendMessage.THERE);
    }
}
