package hoopoe.platform.nativeimage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** As much of a 64-bit little-endian ELF file ("System V ABI", chapter 4) as says where it can run. */
final class Elf {

    private static final int DYNAMIC_STRINGS = 3;
    private static final int NAME_SECTION = 62;

    private final ByteBuffer file;

    Elf(Path path) throws IOException {
        try (var channel = FileChannel.open(path)) {
            file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
        }
        if (file.getInt(0) != 0x464c457f || file.get(4) != 2 || file.get(5) != 1) {
            throw new IOException(path + " is no 64-bit little-endian ELF file");
        }
    }

    /** {@code x86_64} or {@code arm64}, in the template's words. */
    String architecture() {
        return switch (file.getShort(18)) {
            case 62 -> "x86_64";
            case 183 -> "arm64";
            default -> "machine " + file.getShort(18);
        };
    }

    /** What it asks of the machine's libraries: names of functions, libraries and symbol versions. */
    List<String> dynamicStrings() {
        var names = section(file.getShort(NAME_SECTION));
        for (int i = 0; i < file.getShort(60); i++) {
            var section = section(i);
            if (section.type() == DYNAMIC_STRINGS
                    && text(names.offset() + section.name()).equals(".dynstr")) {
                return strings(section);
            }
        }
        return List.of();
    }

    private List<String> strings(Section section) {
        var strings = new ArrayList<String>();
        for (long at = section.offset() + 1; at < section.offset() + section.size(); ) {
            var text = text(at);
            strings.add(text);
            at += text.length() + 1;
        }
        return strings;
    }

    private record Section(int name, int type, long offset, long size) {}

    private Section section(int index) {
        var at = (int) file.getLong(40) + index * file.getShort(58);
        return new Section(file.getInt(at), file.getInt(at + 4), file.getLong(at + 24), file.getLong(at + 32));
    }

    private String text(long at) {
        int end = (int) at;
        while (file.get(end) != 0) {
            end++;
        }
        var bytes = new byte[end - (int) at];
        file.get((int) at, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
