package dev.lamina.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lamina.serve.Work.Answered;
import dev.lamina.serve.Work.GivenUp;
import dev.lamina.serve.Work.Outcome;
import dev.lamina.sim.Inference;
import dev.lamina.sim.LayerCounts;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * How an answer is written: one JSON object a line.
 *
 * @param label the class of a sample, if it is known
 * @param byTimestep whether the predictions after every time step are wanted
 */
record AnswerLine(IntFunction<OptionalInt> label, boolean byTimestep) {

    static final String TYPE = "application/x-ndjson";

    String of(int index, Outcome outcome) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("sample", index);
        if (outcome instanceof GivenUp givenUp) {
            return line.put(
                            "error",
                            "the sample was given up after " + givenUp.sample().attempts()
                                    + " attempts: the chip: the server's log says why")
                    .toString();
        }
        Answered answered = (Answered) outcome;
        Inference inference = answered.answer().inference();
        float[] margins = inference.decisions().margins();
        line.put("prediction", inference.prediction());
        label.apply(index).ifPresent(known -> line.put("label", known));
        if (byTimestep) {
            ArrayNode predictions = line.putArray("predictions_by_timestep");
            for (int prediction : inference.predictions()) {
                predictions.add(prediction);
            }
        }
        return line.put("margin", margins[margins.length - 1])
                .put("spikes", inference.layers().sumOfLong(LayerCounts::spikes))
                .put("synops", inference.layers().sumOfLong(LayerCounts::synops))
                .put("model_version", answered.answer().model().number())
                .put("model_sha256", answered.answer().model().sha256())
                .toString();
    }

    /** A line about no sample in particular. */
    static String error(String message) {
        return JsonNodeFactory.instance.objectNode().put("error", message).toString();
    }
}
