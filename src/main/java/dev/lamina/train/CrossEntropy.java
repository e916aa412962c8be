package dev.lamina.train;

import java.util.function.IntUnaryOperator;

/**
 * The cross entropy of some readouts, in nats, with its derivative: softmax less the wanted class (the paper's equations
 * 6 to 8).
 *
 * @param sum over the readouts
 * @param right the readouts whose largest value is that of the wanted class
 * @param gradient ∂(mean over the batch)/∂readout, one row a readout
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record CrossEntropy(double sum, int right, float[] gradient) {

    /**
     * @param readouts at least one; what the softmax takes is {@code scale} times them
     * @param labels the wanted class of each
     * @param smoothing ε: the wanted distribution has 1 − ε at the label, and ε spread over all classes
     * @param batch the samples that the mean is over; the readouts may be part of them
     */
    static CrossEntropy of(float[][] readouts, IntUnaryOperator labels, double scale, double smoothing, int batch) {
        int classes = readouts[0].length;
        float[] gradient = new float[readouts.length * classes];
        double sum = 0;
        int right = 0;
        for (int i = 0; i < readouts.length; i++) {
            int label = labels.applyAsInt(i);
            int prediction = Prediction.of(readouts[i], 0, classes);
            double largest = scale * readouts[i][prediction];
            double[] exponentials = new double[classes];
            double total = 0;
            for (int c = 0; c < classes; c++) {
                exponentials[c] = Math.exp(scale * readouts[i][c] - largest);
                total += exponentials[c];
            }
            sum += Math.log(total) + largest;
            for (int c = 0; c < classes; c++) {
                double wanted = smoothing / classes + (c == label ? 1 - smoothing : 0);
                gradient[i * classes + c] = (float) ((exponentials[c] / total - wanted) * scale / batch);
                sum -= wanted * scale * readouts[i][c];
            }
            right += prediction == label ? 1 : 0;
        }
        return new CrossEntropy(sum, right, gradient);
    }
}
