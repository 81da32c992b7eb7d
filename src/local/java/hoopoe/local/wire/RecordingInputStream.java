package hoopoe.local.wire;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input stream that keeps a copy of what was read since the last rewind. */
final class RecordingInputStream extends FilterInputStream {
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

    RecordingInputStream(InputStream in) {
        super(in);
    }

    void rewind() {
        copy.reset();
    }

    byte[] recorded() {
        return copy.toByteArray();
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            copy.write(next);
        }
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count > 0) {
            copy.write(into, offset, count);
        }
        return count;
    }
}
