package hoopoe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One function and the event it is given again and again; {@link #NUMBER} in it becomes the number of the invocation.
 *
 * @param expected what a good answer has in it
 * @param share its invocations are this part of all
 */
record Scenario(String name, String title, String function, byte[] json, String expected, int share) {

    static final String NUMBER = "@@@@@@@@";

    /** For one driver alone: another may be reading its own while this is written. */
    Path event(Path folder, String peer) throws IOException {
        return Files.write(folder.resolve(peer + "." + name + ".json"), json);
    }
}
