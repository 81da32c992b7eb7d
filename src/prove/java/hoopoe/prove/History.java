package hoopoe.prove;

/** What can be played. */
sealed interface History permits World, LoginWorld {

    /** @throws Breach of an invariant */
    void play();

    Scheduler scheduler();

    Story story();
}
