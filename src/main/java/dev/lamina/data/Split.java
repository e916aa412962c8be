package dev.lamina.data;

/** The two parts that a data set is published in. */
public enum Split {
    /** For training, for choosing among trained models (validation) and for setting thresholds. */
    TRAIN,
    /** For the figure that is published, and for nothing else. */
    TEST
}
