package hoopoe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.every8d.Switch;
import io.restassured.response.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is told of a tenant of the hasty stack that has a session, and whom nobody calls back; no function may fail over it. */
@ExtendWith(HastyStack.Extension.class)
public abstract class QuietTenant {

    protected final Api api;
    protected final Tenant tenant;
    protected final HastyStack hasty;
    private Failures failures;

    protected QuietTenant(HastyStack hasty) {
        this.hasty = hasty;
        this.api = hasty.api();
        this.tenant = hasty.tenant();
    }

    @BeforeEach
    protected void prepare() throws IOException, InterruptedException {
        tenant.every8d().switches().set(Switch.Callbacks.OFF);
        assertThat(credit().statusCode()).isEqualTo(200);
        failures = Failures.from(hasty.stack());
    }

    @AfterEach
    protected void noFunctionFailed() {
        failures.assertNone();
    }

    /** @return the id of a batch to one */
    protected String send() throws IOException, InterruptedException {
        var answer = api.send(Bodies.to(tenant, 1));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        return answer.path("id");
    }

    protected Response credit() throws IOException, InterruptedException {
        return api.get("/v1/accounts/" + tenant.name() + "/credit");
    }
}
