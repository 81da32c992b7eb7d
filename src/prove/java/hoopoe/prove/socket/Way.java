package hoopoe.prove.socket;

import java.io.IOException;

/** What comes where the rest should. */
enum Way {
    CLOSE {
        @Override
        void on(Peer peer, byte[] rest, byte[] another) throws IOException {
            peer.close();
        }
    },
    RESET {
        @Override
        void on(Peer peer, byte[] rest, byte[] another) throws IOException {
            peer.reset();
        }
    },
    SILENCE {
        @Override
        void on(Peer peer, byte[] rest, byte[] another) throws IOException {
            peer.hold();
        }
    },
    GARBAGE {
        @Override
        void on(Peer peer, byte[] rest, byte[] another) throws IOException {
            peer.say(Peer.GARBAGE);
            peer.close();
        }
    },
    /** Another answer, whole. */
    ANOTHER {
        @Override
        void on(Peer peer, byte[] rest, byte[] another) throws IOException {
            peer.say(another);
            peer.close();
        }
    },
    /** The rest byte by byte, and then blanks. */
    DRIP {
        @Override
        void on(Peer peer, byte[] rest, byte[] another) throws IOException {
            peer.drip(rest);
        }
    },
    ENDLESS {
        @Override
        void on(Peer peer, byte[] rest, byte[] another) throws IOException {
            peer.flood();
        }
    };

    abstract void on(Peer peer, byte[] rest, byte[] another) throws IOException;
}
