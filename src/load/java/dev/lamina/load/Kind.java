package dev.lamina.load;

/** What kinds of requests a load is of. */
enum Kind {
    /** One sample of the data set. */
    RUN("POST /runs, 1 sample"),
    /** The same at times that are fixed beforehand. */
    PACED("POST /runs, 1 sample, at fixed times"),
    /** Some samples of the client's own. */
    SAMPLES("POST /samples, " + Questions.OWN_AT_A_TIME + " samples"),
    /** Many samples of the data set. */
    STREAM("POST /runs, " + Questions.STREAMED + " samples"),
    /** The same, and many bytes, for a client that reads them slowly. */
    SLOW("POST /runs, " + Questions.STREAMED_SLOWLY + " samples, read slowly"),
    /** Another model. */
    PUSH("PUT /model");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    /** What it is called in a table. */
    String title() {
        return title;
    }

    /**
     * The kind of one of so many clients: a sixteenth of them read slowly, as many stream, and as many are paced; a
     * quarter have samples of their own; the others ask for one sample at a time.
     *
     * @param clients how many there are, at least 5
     */
    static Kind of(int client, int clients) {
        int few = Math.max(1, clients / 16);
        int some = Math.max(1, clients / 4);
        if (client < few) {
            return SLOW;
        } else if (client < 2 * few) {
            return STREAM;
        } else if (client < 3 * few) {
            return PACED;
        }
        return client < 3 * few + some ? SAMPLES : RUN;
    }
}
