package hoopoe.local.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.wire.Fault;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What EVERY8D says on demand; that answers are lost, cut or late is in the adapters' contract and in {@code WireServerTest}. */
class FaultTest {
    private final Every8dSimulator simulator = Every8dSimulator.start();
    private final Caller caller = Caller.of(simulator);
    private Account account;
    private String key;

    @BeforeEach
    void open() {
        account = simulator.account("demo", "secret");
        key = caller.login("demo", "secret");
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void anyResultAndAnyFaultOnDemand() {
        simulator
                .faults()
                .next("sendSMS", Fault.refuses(-99))
                .next("sendSMS", Fault.saysAfterWork("garbled"))
                .next("getConnection", Fault.refuses(-97))
                .next("getCredit", Fault.fails("Object reference not set to an instance of an object."));
        assertThat(caller.send(key, "x", "0912345678")).isEqualTo("-99, 主機端發生不明錯誤，請與廠商窗口聯繫。");
        assertThat(simulator.batches()).isEmpty();
        assertThat(caller.send(key, "x", "0912345678")).isEqualTo("garbled");
        assertThat(simulator.batches()).hasSize(1);
        assertThat(caller.loginCode("demo", "secret")).isEqualTo("-97");
        HttpResponse<String> fault = caller.post("getCredit", "sessionKey", key);
        assertThat(fault.statusCode()).isEqualTo(500);
        assertThat(fault.body())
                .contains("<faultcode>soap:Server</faultcode><faultstring>Server was unable to process request. ---&gt;"
                        + " Object reference not set to an instance of an object.</faultstring>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"getConnection", "getDeliveryStatus"})
    void refusalsOfXmlOperationsAreXml(String operation) {
        simulator.faults().next(operation, Fault.refuses(-301));
        assertThat(Caller.textOf(caller.result(operation), "CODE")).isEqualTo("-301");
    }

    @Test
    void aSessionCanDieInTheMiddle() {
        simulator.faults().plan("getCredit", 1, 1, Fault.meanwhile(account::endSession));
        assertThat(caller.credit(key)).isEqualTo("10000.00");
        assertThat(caller.credit(key)).startsWith("-301");
        assertThat(caller.credit(caller.login("demo", "secret"))).isEqualTo("10000.00");
    }
}
