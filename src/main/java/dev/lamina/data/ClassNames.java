package dev.lamina.data;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the classes of a data set are called. */
public final class ClassNames {

    private static final Map<String, List<String>> NAMES = Map.of(
            "cifar10",
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
            "fashion-mnist",
            List.of(
                    "T-shirt",
                    "trouser",
                    "pullover",
                    "dress",
                    "coat",
                    "sandal",
                    "shirt",
                    "sneaker",
                    "bag",
                    "ankle boot"));

    private ClassNames() {}

    /** The names by class; of a data set whose classes have no names, their numbers. */
    public static List<String> of(Dataset dataset) {
        List<String> names = NAMES.getOrDefault(dataset.name(), List.of());
        return names.size() == dataset.classes()
                ? names
                : IntStream.range(0, dataset.classes())
                        .mapToObj(Integer::toString)
                        .toList();
    }
}
