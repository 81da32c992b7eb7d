package hoopoe.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A document, broken a little and in ways that matter to XML. The same seed breaks the same way. */
public final class Mutations {

    private static final List<byte[]> FRAGMENTS = List.of(
            bytes("<!-- c -->"),
            bytes("<?p i?>"),
            bytes("<!DOCTYPE a>"),
            bytes("<!DOCTYPE a [<!ENTITY x \"ha\">]>"),
            bytes("<?xml version=\"1.0\"?>"),
            bytes("<![CDATA[<b>&amp;]]>"),
            bytes("<![CDATA[]]]]>"),
            bytes("<![CDATA["),
            bytes("]]>"),
            bytes("]]&gt;"),
            bytes("]>"),
            bytes(">"),
            bytes("<"),
            bytes("&"),
            bytes(";"),
            bytes("/"),
            bytes("\""),
            bytes("'"),
            bytes(":"),
            bytes("="),
            bytes("&x;"),
            bytes("&LT;"),
            bytes("&lt;"),
            bytes("&amp;"),
            bytes("&amp;lt;"),
            bytes("&quot;&apos;"),
            bytes("&#;"),
            bytes("&#x;"),
            bytes("&#0;"),
            bytes("&#13;"),
            bytes("&#13;\n"),
            bytes("&#xA;"),
            bytes("&#x4E2d;"),
            bytes("&#X41;"),
            bytes("&#x1F600;"),
            bytes("&#xD800;"),
            bytes("&#xFFFE;"),
            bytes("&#x110000;"),
            bytes("&#4294967361;"),
            bytes("\r"),
            bytes("\r\n"),
            bytes("\n\r"),
            bytes("\t"),
            bytes(" "),
            bytes("\u0085\u2028\u3000"),
            bytes("\uFEFF"),
            bytes("\uFFFE"),
            bytes("\uFFFD"),
            bytes("\u0000"),
            bytes("\u0001"),
            bytes("\u007F"),
            bytes("\uD83D\uDE00"),
            bytes(" a=\"1\""),
            bytes(" a=\"1\" a='2'"),
            bytes(" a = \"1\""),
            bytes(" a=\"&lt;\t\""),
            bytes(" a=\"<\""),
            bytes(" a"),
            bytes(" COUNT=\"7\""),
            bytes(" p:COUNT=\"7\""),
            bytes(" xml:lang=\"zh\""),
            bytes(" xmlns=\"\""),
            bytes(" xmlns=\"urn:u\""),
            bytes(" xmlns:p=\"urn:p\""),
            bytes(" xmlns:p=\"\""),
            bytes(" xmlns:xml=\"urn:x\""),
            bytes(" xmlns:xmlns=\"urn:x\""),
            bytes(" xmlns:p=\"http://www.w3.org/XML/1998/namespace\""),
            bytes("<p:a/>"),
            bytes("<p:a xmlns:p=\"urn:p\">x</p:a>"),
            bytes("<p:a xmlns:p=\"urn:p\">x</a>"),
            bytes("<a:b:c/>"),
            bytes("<1/>"),
            bytes("<a/>"),
            bytes("<a / >"),
            bytes("<a >x</a >"),
            bytes("< a>x</a>"),
            bytes("<a>"),
            bytes("</a>"),
            bytes("<\u4E2D/>"),
            bytes("<xmlA/>"),
            bytes("<SMS><STATUS>101</STATUS></SMS>"),
            bytes("</SMS><SMS>"),
            bytes("<CODE>1</CODE>"),
            bytes("<a>".repeat(70) + "</a>".repeat(70)),
            bytes("<" + "n".repeat(120) + "/>"),
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xE4},
            new byte[] {(byte) 0xA4});

    private final Random random;

    public Mutations(long seed) {
        random = new Random(seed);
    }

    /** One change, or a few. */
    public byte[] of(byte[] document) {
        var changed = document;
        do {
            changed = once(changed);
        } while (random.nextInt(4) == 0);
        return changed;
    }

    private byte[] once(byte[] document) {
        int at = random.nextInt(document.length + 1);
        int to = Math.min(document.length, at + random.nextInt(12));
        switch (random.nextInt(8)) {
            case 0:
                return flipped(document);
            case 1:
                return joined(document, at, new byte[0], to);
            case 2:
                return joined(document, at, Arrays.copyOfRange(document, at, to), at);
            case 3:
                return joined(document, at, fragment(), to);
            case 4:
                return joined(document, nextTag(document, at), fragment(), nextTag(document, at));
            default:
                return joined(document, at, fragment(), at);
        }
    }

    private byte[] fragment() {
        return FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
    }

    private byte[] flipped(byte[] document) {
        var flipped = document.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** Where most changes leave a document well-formed. */
    private static int nextTag(byte[] document, int at) {
        int tag = at;
        while (tag < document.length && document[tag] != '<') {
            tag++;
        }
        return tag;
    }

    private static byte[] joined(byte[] document, int to, byte[] middle, int from) {
        var joined = new ByteArrayOutputStream();
        joined.write(document, 0, to);
        joined.writeBytes(middle);
        joined.write(document, from, document.length - from);
        return joined.toByteArray();
    }

    private static byte[] bytes(String fragment) {
        return fragment.getBytes(StandardCharsets.UTF_8);
    }
}
