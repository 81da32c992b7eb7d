package hoopoe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import hoopoe.provider.every8d.ReportAnswer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A report page of 1,000 rows, from the bytes of its envelope: ours against the plain way. In a JVM of its own. */
final class Parsing {

    static final String PART = "parse";
    static final String OURS = "ours";
    static final String PLAIN = "plain";

    private static final int ROWS = 1_000;
    private static final int PAGES = 20;

    /** What reads a page. */
    private interface Reading {
        int rows(byte[] envelope) throws Exception;
    }

    private Parsing() {}

    /** Prints a JSON line for each reader and round. */
    public static void main(String[] arguments) throws Exception {
        var rounds = Integer.parseInt(arguments[0]);
        var random = new Random(Long.parseLong(arguments[1]));
        var page = page();
        var readers = new LinkedHashMap<String, Reading>();
        readers.put(OURS, ReportAnswer::rows);
        var plain = new PlainReport();
        readers.put(PLAIN, envelope -> plain.rows(envelope).size());
        for (var round = -rounds; round <= rounds; round++) { // as many before, for the compiler
            var order = new ArrayList<>(readers.entrySet());
            Collections.shuffle(order, random);
            for (var reader : order) {
                measure(reader, page, round);
            }
        }
    }

    static void run(Stage stage) throws IOException, InterruptedException {
        var rounds = stage.options().quick() ? 10 : 60;
        System.out.println("Parsing, " + rounds + " rounds of " + PAGES + " pages");
        var printed = Tool.run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parsing.class.getName(),
                        Integer.toString(rounds),
                        Long.toString(stage.options().seed())),
                Map.of());
        for (var text : printed.lines().filter(line -> line.startsWith("{")).toList()) {
            keep(stage, Journal.JSON.readTree(text));
        }
    }

    private static void keep(Stage stage, JsonNode line) {
        stage.journal().write(Journal.line("parse").setAll((ObjectNode) line));
        var round = line.path("round").asInt();
        if (round > 0) {
            var reader = line.path("reader").asText();
            stage.samples().add(PART, reader, "time", round, line.path("time").asDouble());
            stage.samples().add(PART, reader, "bytes", round, line.path("bytes").asDouble());
        }
    }

    private static void measure(Map.Entry<String, Reading> reader, byte[] page, int round) throws Exception {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var self = Thread.currentThread().getId();
        var bytes = threads.getThreadAllocatedBytes(self);
        var began = System.nanoTime();
        for (var i = 0; i < PAGES; i++) {
            if (reader.getValue().rows(page) != ROWS) {
                throw new IllegalStateException(reader.getKey() + " does not find all rows");
            }
        }
        var time = (System.nanoTime() - began) / PAGES;
        var allocated = (threads.getThreadAllocatedBytes(self) - bytes) / PAGES;
        System.out.printf(
                "{\"reader\":\"%s\",\"round\":%d,\"time\":%d,\"bytes\":%d}%n", reader.getKey(), round, time, allocated);
    }

    /** As the provider's own, one row in ten with a reply. */
    private static byte[] page() {
        var rows = IntStream.range(0, ROWS).mapToObj(Parsing::row).collect(Collectors.joining());
        var log = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><SMS_LOG><CODE>0</CODE><DESCRIPTION>發送狀態查詢成功</DESCRIPTION>"
                + "<GET_DELIVERY_STATUS COUNT=\"" + ROWS + "\">" + rows + "</GET_DELIVERY_STATUS></SMS_LOG>";
        var text = log.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        var envelope = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                + "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>"
                + "<getDeliveryStatusResponse xmlns=\"http://tempuri.org/\"><getDeliveryStatusResult>" + text
                + "</getDeliveryStatusResult></getDeliveryStatusResponse></soap:Body></soap:Envelope>";
        return envelope.getBytes(StandardCharsets.UTF_8);
    }

    private static String row(int number) {
        var reply = number % 10 > 0
                ? ""
                : "<REPLY_SMS><REPLY_TIME>2026/11/22 15:40:09</REPLY_TIME><MESSAGE><![CDATA[回覆簡訊]]></MESSAGE></REPLY_SMS>";
        return "<SMS><NAME>Name %d</NAME><MOBILE>+886900%06d       </MOBILE><SENT_TIME>2026/11/22 15:37:%02d</SENT_TIME>"
                        .formatted(number, number, number % 60)
                + "<COST>1.00</COST><STATUS>100</STATUS>" + reply + "</SMS>";
    }
}
