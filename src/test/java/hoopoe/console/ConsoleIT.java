package hoopoe.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hoopoe.access.Scope;
import hoopoe.local.every8d.SentBatch;
import hoopoe.local.every8d.Switch;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Bodies;
import hoopoe.testing.IssuedKeys;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console in a real browser, before the packaged artifact. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedStack.Extension.class)
class ConsoleIT {

    private static final String REPLIES = "+886912345907";

    private final SharedStack shared;
    private final String console;
    private String key;
    private Api api;
    private Browser browser;
    private Tenant tenant;

    ConsoleIT(SharedStack shared) {
        this.shared = shared;
        this.console = shared.stack().url() + "/console";
    }

    @BeforeAll
    void start() throws Exception {
        var found = Browser.start();
        assumeTrue(found.isPresent(), "no chromium and chromedriver on the path");
        browser = found.get();
        key = new IssuedKeys(shared.stack()).create("console", "live", Scope.values());
        api = shared.api().as(key);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void takeATenant() {
        tenant = shared.tenant();
        browser.open(console + "#key=" + key);
    }

    /** Whatever was looked at. */
    @AfterEach
    void nothingCameFromElsewhereAndNothingWasForbidden() {
        assertThat(browser.requests())
                .filteredOn(url -> !url.startsWith("data:") && !url.equals("about:blank"))
                .isNotEmpty()
                .allSatisfy(url -> assertThat(URI.create(url).getAuthority())
                        .isEqualTo(shared.stack().url().getAuthority()));
        assertThat(browser.complaints()).noneMatch(complaint -> complaint.contains("Content Security Policy"));
    }

    @Test
    void theKeyLeavesTheAddress() throws Exception {
        browser.await(".account");

        assertThat(browser.address()).isEqualTo(console + "#/");
        assertThat(browser.run("return sessionStorage.getItem('hoopoe.key')")).isEqualTo(key);
        assertThat(browser.run("return document.cookie + localStorage.length")).isEqualTo("0");
    }

    @Test
    void whatIsSentIsDeliveredBeforeOnesEyes() throws Exception {
        go("send");
        browser.choose("select[name=account]", tenant.name());
        browser.write("textarea[name=text]", "a".repeat(161));
        browser.write("textarea[name=to]", "0912345678\n12345, +886 912 345 111");
        browser.await("#segments");

        assertThat(browser.text("#segments")).isEqualTo("4");
        assertThat(browser.text("#invalid")).contains("Line 2", "12345");
        browser.click("#invalid button");
        browser.awaitNone("#invalid");
        browser.run("window.sameAsBefore = true");
        browser.click("button[type=submit]:not([disabled])");
        browser.await("#batch-state .completed");
        browser.await("tr[data-message] td > .delivered");

        assertThat(browser.run("return document.querySelectorAll('tr[data-message]').length"))
                .isEqualTo(2L);
        assertThat(browser.run("return window.sameAsBefore")).isEqualTo(true);
        assertThat(tenant.every8d().messages()).hasSize(2);
    }

    @Test
    void aBatchIsCancelled() throws Exception {
        var later = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        String id = api.send("""
                        {"account": "%s", "text": "later", "send_at": "%s", "recipients": [{"to": "0912345678"}]}""".formatted(tenant.name(), later)).path("id");
        go("batch/" + id);
        browser.await("#batch-state .scheduled");
        browser.click("main > button.danger");
        browser.await("dialog[open]");
        assertThat(browser.barriers()).isEmpty();
        browser.click("dialog .danger");
        browser.await("#batch-state .cancelled");

        assertThat(api.batch(id).path("state").asText()).isEqualTo("cancelled");
    }

    @Test
    void anUnconfirmedDispatchIsSettled() throws Exception {
        tenant.every8d().switches().set(Switch.Callbacks.OFF);
        tenant.every8d().faults().next("sendSMS", Fault.dropAfterWork(Ending.CLOSE));
        String id = api.send(Bodies.to(tenant, 1)).path("id");
        var mine = "[data-dispatch='" + id + "-0']";
        go("unconfirmed");
        browser.click(mine + " button.danger");
        browser.click("dialog .danger");
        browser.await("[data-code=too_early_to_resend]");
        browser.write(mine + " input[name=reference]", last().id());
        browser.click(mine + " button:not(.danger)");
        browser.click("dialog .danger");
        browser.awaitNone(mine);
        go("batch/" + id);
        browser.await(".state.confirmed");

        assertThat(api.batch(id).at("/dispatches/0/reference").asText()).isEqualTo(last().id());
        assertThat(tenant.asked("sendSMS")).isEqualTo(1);
    }

    private SentBatch last() {
        var batches = tenant.every8d().batches();
        return batches.get(batches.size() - 1);
    }

    @Test
    void repliesComeByThemselves() throws Exception {
        go("replies");
        browser.await("[role=status]");
        String id = api.send("{\"account\": \"%s\", \"text\": \"well?\", \"recipients\": [{\"to\": \"%s\"}]}"
                        .formatted(tenant.name(), REPLIES))
                .path("id");
        browser.await("tr[data-reply] a[href='#/batch/" + id + "']");
    }

    @Test
    void aWrongKeyAndALostNetworkAreSaid() throws Exception {
        browser.await(".account");
        browser.offline(true);
        browser.await("[data-code=network]");
        assertThat(browser.has(".account")).isTrue();
        browser.offline(false);
        browser.awaitNone("[data-code=network]");

        browser.open(console + "#key=hpk_live_wrong");
        browser.await("[data-code=key]");
        assertThat(browser.has("input[name=key]")).isTrue();
        assertThat(browser.run("return sessionStorage.getItem('hoopoe.key')")).isNull();
    }

    @Test
    void whoeverLacksAScopeIsTold() throws Exception {
        browser.open(console + "#key="
                + new IssuedKeys(shared.stack()).create("console-sender", "live", Scope.BATCHES_WRITE));
        browser.await("[data-code=forbidden_scope]");
    }

    @Test
    void everyPageCanBeReadByEverybody() throws Exception {
        api.post("/v1/webhooks", "{\"url\": \"http://127.0.0.1:9/\"}");
        String id = api.send(Bodies.to(tenant, 2)).path("id");
        var found = new ArrayList<String>();
        for (var dark : List.of(false, true)) {
            if (dark) {
                browser.dark();
            }
            for (var page :
                    List.of("overview", "send", "batches", "batch/" + id, "replies", "unconfirmed", "webhooks")) {
                go(page);
                browser.awaitNone("[aria-busy=true]");
                browser.barriers().forEach(barrier -> found.add(page + (dark ? " in dark: " : ": ") + barrier));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void languagesChangeWordsAndDirection() throws Exception {
        go("send");
        browser.choose("select[name=language]", "fa");
        browser.await("html[dir=rtl][lang=fa]");
        assertThat(browser.barriers()).isEmpty();
        browser.choose("select[name=language]", "en");
        browser.await("html[dir=ltr][lang=en]");
    }

    private void go(String page) throws Exception {
        browser.await("h1");
        browser.run("location.hash = '#/' + arguments[0]", page);
        browser.await("h1");
    }
}
