package hoopoe.api.credit;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.store.Keys;
import hoopoe.testing.LambdaResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The function {@code credit}, as Lambda runs it. */
@QuarkusTest
@WithTestResource(value = LambdaResource.class, scope = TestResourceScope.GLOBAL)
class CreditLambdaTest {

    LambdaResource lambda;

    @Test
    void theProvidersAnswerIsKept() {
        lambda.tenant().customer().credit("1234.50");

        var answer = lambda.call("credit", "GET", "/v1/accounts/main/credit");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getString("points.amount")).isEqualTo("1234.5");
        assertThat(lambda.tenant().asked("getCredit")).isEqualTo(1);
        assertThat(lambda.table().get(Keys.balance("main")).orElseThrow().decimal("points"))
                .isEqualByComparingTo("1234.5");
        var accounts = lambda.call("credit", "GET", "/v1/accounts");
        assertThat(accounts.json().getList("accounts.name")).isEqualTo(List.of("main"));
        assertThat(accounts.json().getString("accounts[0].credit.points.amount"))
                .isEqualTo("1234.5");
    }

    @Test
    void aSessionIsClosedAtTheProvider() {
        lambda.call("send", "POST", "/v1/batches", """
                {"account": "main", "text": "logged in", "recipients": [{"to": "0912345678"}]}""");
        assertThat(lambda.tenant().customer().sessionKey()).isNotEmpty();

        var answer = lambda.call("credit", "DELETE", "/v1/accounts/main/session");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getBoolean("closed")).isTrue();
        assertThat(lambda.tenant().asked("closeConnection")).isEqualTo(1);
        assertThat(lambda.tenant().customer().sessionKey()).isEmpty();
        assertThat(lambda.table().get(Keys.session("main")).orElseThrow().has("key"))
                .isFalse();
    }
}
