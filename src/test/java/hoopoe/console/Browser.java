package hoopoe.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.testing.Await;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium of this machine, without a window. */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private final ChromeDriver driver;
    private final Path downloads;

    private Browser(File program, File itsDriver, Path downloads) {
        this.downloads = downloads;
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(program);
        // a container's root cannot have Chromium's sandbox, and its /dev/shm is small
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--window-size=1200,900",
                "--lang=en");
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(itsDriver)
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    /** Empty where this machine has none, with its driver, on the path. */
    static Optional<Browser> start(Path downloads) {
        return onPath("chromium")
                .flatMap(program -> onPath("chromedriver").map(driver -> new Browser(program, driver, downloads)));
    }

    private static Optional<File> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> new File(directory, name))
                .filter(File::canExecute)
                .findFirst();
    }

    @Override
    public void close() {
        driver.quit();
    }

    void open(String url) {
        driver.get("about:blank"); // so that an address that differs in its fragment alone is loaded, too
        driver.get(url);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits for what comes without a reload. */
    void await(String selector) throws Exception {
        Await.until(selector + " in " + address(), () -> has(selector), found -> found);
    }

    void awaitNone(String selector) throws Exception {
        Await.until("no " + selector + " in " + address(), () -> has(selector), found -> !found);
    }

    boolean has(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    /** What is there whole. */
    List<Path> downloads() throws IOException {
        try (var files = Files.list(downloads)) {
            return files.filter(file -> file.toString().endsWith(".csv")).toList();
        }
    }

    /** Of what can be seen. */
    void photograph(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** By the page itself, because what is under way may move what is clicked. */
    void click(String selector) throws Exception {
        await(selector);
        run("document.querySelector(arguments[0]).click()", selector);
    }

    void write(String selector, String text) throws Exception {
        await(selector);
        driver.findElement(By.cssSelector(selector)).sendKeys(text);
    }

    void choose(String selector, String value) throws Exception {
        await(selector + " option[value='" + value + "']");
        run(
                "const s = document.querySelector(arguments[0]); s.value = arguments[1];"
                        + " s.dispatchEvent(new Event('change', {bubbles: true}))",
                selector,
                value);
    }

    String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    void offline(boolean offline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** What it kept of what it was sent. */
    void forget() {
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
    }

    /** Of the page, in pixels. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** In light, and as large as at first. */
    void plain() {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** A phone zooms out then, or scrolls sideways. */
    boolean isWiderThanItsWindow() {
        return (boolean) run("return document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    void dark() {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    /** What axe-core finds that is serious or critical: rule and element. */
    List<?> barriers() throws IOException {
        run(axe());
        return (List<?>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then((found) => done(found.violations
                  .filter(({impact}) => impact === 'serious' || impact === 'critical')
                  .flatMap(({id, nodes}) => nodes.map((node) => id + ' ' + node.html))), (error) => done(['' + error]))""");
    }

    private static String axe() throws IOException {
        try (var script = Browser.class.getResourceAsStream(AXE)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** All that was asked for since this was asked last. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> event(entry.getMessage()))
                .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
                .map(event -> event.at("/params/request/url").asText())
                .toList();
    }

    private static JsonNode event(String message) {
        try {
            return JSON.readTree(message).path("message");
        } catch (IOException e) {
            throw new AssertionError(message, e);
        }
    }

    /** What the page complained of since this was asked last. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getMessage())
                .toList();
    }
}
