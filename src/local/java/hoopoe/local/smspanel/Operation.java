package hoopoe.local.smspanel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The methods with their parameters in the document's order. */
enum Operation {
    GET_CREDIT("GetCredit", "user", "pass"),
    SEND_SMS("SendSMS", "user", "pass", "fromNum", "toNum", "messageContent"),
    SEND_MULTIPLE_SMS("SendMultipleSMS", "user", "pass", "fromNum", "toNums", "messageContents"),
    GET_STATUS("GetStatus", "user", "pass", "unique_ids"),
    GET_MSG("GetMsg", "user", "pass");

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

    /** Whether the document says integer, where it says string for the others. */
    boolean hasIntegerCode() {
        return this == GET_STATUS || this == GET_MSG;
    }
}
