package hoopoe.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hoopoe.access.Scope;
import hoopoe.local.Every8d;
import hoopoe.local.Stack;
import hoopoe.local.every8d.SentBatch;
import hoopoe.local.every8d.Switch;
import hoopoe.local.webhook.ReceivedWebhook;
import hoopoe.local.webhook.WebhookReceiver;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.IssuedKeys;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The console in a real browser, before the packaged artifact. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedStack.Extension.class)
class ConsoleIT {

    private static final String REPLIES = "+886912345907";

    @TempDir
    static Path downloads;

    private final SharedStack shared;
    private final String console;
    private String key;
    private String origin;
    private Api api;
    private Browser browser;

    ConsoleIT(SharedStack shared) {
        this.shared = shared;
        this.console = shared.stack().url() + "/console";
    }

    @BeforeAll
    void start() throws Exception {
        var found = Browser.start(downloads);
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
    void open() {
        origin = shared.stack().url().getAuthority();
        browser.open(console + "#key=" + key);
    }

    /** Whatever was looked at. */
    @AfterEach
    void nothingCameFromElsewhereAndNothingWasForbidden() {
        assertThat(browser.requests())
                .filteredOn(url -> !url.startsWith("data:") && !url.equals("about:blank"))
                .isNotEmpty()
                .allSatisfy(url -> assertThat(URI.create(url).getAuthority())
                        .isIn(shared.stack().url().getAuthority(), origin));
        browser.plain();
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
        var tenant = shared.tenant();
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
        var tenant = shared.tenant();
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
        var tenant = shared.tenant();
        tenant.every8d().switches().set(Switch.Callbacks.OFF);
        tenant.every8d().faults().next("sendSMS", Fault.dropAfterWork(Ending.CLOSE));
        String id = api.send(Bodies.to(tenant, 1)).path("id");
        var mine = "[data-dispatch='" + id + "-0']";
        go("unconfirmed");
        browser.click(mine + " button.danger");
        browser.click("dialog .danger");
        browser.await("[data-code=too_early_to_resend]");
        browser.write(mine + " input[name=reference]", last(tenant).id());
        browser.click(mine + " button:not(.danger)");
        browser.click("dialog .danger");
        browser.awaitNone(mine);
        go("batch/" + id);
        browser.await(".state.confirmed");

        assertThat(api.batch(id).at("/dispatches/0/reference").asText())
                .isEqualTo(last(tenant).id());
        assertThat(tenant.asked("sendSMS")).isEqualTo(1);
    }

    private static SentBatch last(Tenant tenant) {
        var batches = tenant.every8d().batches();
        return batches.get(batches.size() - 1);
    }

    @Test
    void repliesComeByThemselves() throws Exception {
        var tenant = shared.tenant();
        go("replies");
        browser.await("[role=status]");
        String id = api.send("{\"account\": \"%s\", \"text\": \"well?\", \"recipients\": [{\"to\": \"%s\"}]}"
                        .formatted(tenant.name(), REPLIES))
                .path("id");
        browser.await("tr[data-reply] a[href='#/batch/" + id + "']");
    }

    @Test
    void aWebhookIsRecovered() throws Exception {
        var receiver = shared.stack().receiver();
        var url = receiver.url() + "console";
        // of a caller who has no other events
        browser.open(
                console + "#key=" + new IssuedKeys(shared.stack()).create("console-webhook", "live", Scope.values()));
        go("webhooks");
        browser.write("input[name=url]", url);
        browser.click("form button[type=submit]");
        browser.await("#secret");
        receiver.learn(browser.text("#secret code"));
        browser.click("#secret button");
        browser.click("tbody a[data-url='" + url + "']");
        browser.await("input[name=since]");
        receiver.faults().next(WebhookReceiver.OPERATION, Fault.refuses(500));
        browser.click(".actions button:first-child");
        browser.await("tr[data-event] .waiting");
        browser.click("form[role=group] button");
        Await.until("recovered", () -> browser.text("p[role=status]"), text -> text.endsWith(": 1"));
        Await.until("delivered", () -> tickedUntil(api, "tr[data-event] .delivered"), Boolean::booleanValue);

        assertThat(receiver.received())
                .filteredOn(webhook -> webhook.request().path().endsWith("/console"))
                .extracting(ReceivedWebhook::answered)
                .containsExactly(500, 200);
        browser.click(".actions .danger");
        browser.click("dialog .danger");
        browser.await("h1");
    }

    @Test
    void whatWasSentToANumberIsFound() throws Exception {
        var tenant = shared.tenant();
        String id = api.send(
                        "{\"account\": \"%s\", \"text\": \"found?\", \"recipients\": [{\"to\": \"+886912346901\"}]}"
                                .formatted(tenant.name()))
                .path("id");
        go("search");
        browser.write("input[name=to]", "+886912346902");
        browser.click("button[type=submit]");
        browser.await(".empty");
        browser.write("input[name=to]", Keys.BACK_SPACE + "1");
        browser.click("button[type=submit]");
        browser.await("tr[data-found=message] a[href='#/batch/" + id + "']");

        assertThat(browser.text("tr[data-found=message] .words")).isEqualTo("found?");
        assertThat(browser.address()).endsWith("#/search");
    }

    @Test
    void usageIsDownloaded() throws Exception {
        var tenant = shared.tenant();
        var row = '"' + tenant.name() + "\",delivered,3,3,";
        String id = api.send(Bodies.to(tenant, 3)).path("id");
        api.tickUntilState(id, "completed");
        Await.until("counted", this::usage, csv -> csv.contains(row));
        go("usage");
        browser.await("tr[data-usage=delivered]");
        browser.click("#csv");
        var file = Await.until("a file", () -> browser.downloads().stream().findFirst(), Optional::isPresent)
                .orElseThrow();

        assertThat(file).hasFileName("usage-by-day.csv").content().contains(row);
    }

    private String usage() {
        api.tick();
        return Api.text(api.get("/v1/usage", "Accept", "text/csv"));
    }

    /** By a stack of its own, in which nobody has to wait until functions that knew the person are over. */
    @Test
    void aPersonIsErased() throws Exception {
        try (var stack = Stack.builder()
                .settings(SharedStack.UNHURRIED)
                .settings(Map.of("hoopoe.timing.lease", "1s", "hoopoe.timing.longest-function", "1s"))
                .simulator(Every8d.on(0))
                .start()) {
            origin = stack.url().getAuthority();
            var all = new IssuedKeys(stack).create("console", "live", Scope.values());
            var own = new Api(stack.url()).as(all);
            String id = own.send("{\"text\": \"forget me\", \"recipients\": [{\"to\": \"+886912345678\"}]}")
                    .path("id");
            own.tickUntilState(id, "completed");
            browser.open(stack.url() + "/console#key=" + all);
            go("search");
            browser.write("input[name=to]", "+886912345678");
            browser.click("button[type=submit]");
            browser.await("tr[data-found=message]");
            go("erasure");
            browser.write("input[name=to]", "+886912345678");
            browser.click("form button.danger");
            browser.click("dialog .danger");
            browser.await("#erasure-state");
            Await.until("erased", () -> tickedUntil(own, "#erasure-state .finished"), Boolean::booleanValue);
            go("search");
            browser.write("input[name=to]", "+886912345678");
            browser.click("button[type=submit]");
            browser.await(".empty");
            go("batch/" + id);
            browser.await("tr[data-message]");

            assertThat(browser.text("main")).doesNotContain("912345678").doesNotContain("forget me");
        }
    }

    private boolean tickedUntil(Api own, String selector) {
        own.tick();
        return browser.has(selector);
    }

    /** What a browser that has nothing yet is sent, on the wire. */
    @Test
    void theFirstViewIsSmall() throws Exception {
        browser.forget();
        browser.open(console + "#key=" + key);
        browser.await(".plot canvas");

        assertThat((Long) browser.run("""
                return performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
                  .reduce((sum, entry) => sum + entry.transferSize, 0)""")).isBetween(20_000L, 200_000L);
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
    void tooManyCallsAreSaidUntilTheyPass() throws Exception {
        browser.await(".account");
        browser.run("""
                window.before = window.fetch;
                window.fetch = async () => new Response('{"message": "Too Many Requests"}', {status: 429, headers: {'retry-after': '1'}})""");
        go("batches");
        browser.await("[data-code=rate_limited]");
        browser.run("window.fetch = window.before");
        browser.awaitNone("[data-code=rate_limited]");
        browser.await("search form");
    }

    @Test
    void whoeverLacksAScopeIsTold() throws Exception {
        browser.open(console + "#key="
                + new IssuedKeys(shared.stack()).create("console-sender", "live", Scope.BATCHES_WRITE));
        browser.await("[data-code=forbidden_scope]");
    }

    @Test
    void everyPageCanBeReadByEverybody() throws Exception {
        var tenant = shared.tenant();
        api.post("/v1/webhooks", "{\"url\": \"http://127.0.0.1:9/\"}");
        String id = api.send(Bodies.to(tenant, 2)).path("id");
        var pages = List.of(
                "overview",
                "send",
                "batches",
                "batch/" + id,
                "search",
                "replies",
                "unconfirmed",
                "webhooks",
                "usage",
                "erasure");
        var found = new ArrayList<String>();
        for (var look : List.<Runnable>of(browser::plain, browser::dark)) {
            look.run();
            for (var page : pages) {
                go(page);
                browser.awaitNone("[aria-busy=true]");
                browser.barriers().forEach(barrier -> found.add(page + ": " + barrier));
            }
        }
        browser.size(375, 700);
        for (var page : pages) {
            go(page);
            browser.awaitNone("[aria-busy=true]");
            if (browser.isWiderThanItsWindow()) {
                found.add(page + " is wider than a phone");
            }
        }
        assertThat(found).isEmpty();
    }

    /** Two of these are in README; {@code target/console} has all. */
    @Test
    void pagesAreShown() throws Exception {
        var tenant = shared.tenant();
        String id = api.send(Bodies.to(tenant, 40)).path("id");
        api.awaitState(id, "completed");
        browser.size(1040, 1060);
        for (var page : List.of("overview", "send", "batch/" + id, "search", "usage", "webhooks", "erasure")) {
            go(page);
            if (page.equals("send")) {
                browser.choose("select[name=account]", tenant.name());
                browser.write("textarea[name=text]", "Your parcel is here. It waits for you until Friday.");
                browser.write("textarea[name=to]", "0912345678\n+886912345111\n12345");
                browser.await("#segments");
            }
            browser.awaitNone("[aria-busy=true]");
            var file = Path.of("target", "console", page.replaceFirst("/.*", "") + ".png");
            browser.photograph(file);
            assertThat(file).isNotEmptyFile();
        }
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
