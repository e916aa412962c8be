package dev.lamina.cli;

import dev.lamina.data.Encoder;
import dev.lamina.network.Propagation;
import dev.lamina.network.Reset;
import dev.lamina.sim.Arithmetic;
import dev.lamina.train.FineTuningRecipe;
import dev.lamina.train.Precision;
import dev.lamina.train.Surrogate;
import dev.lamina.train.TrainingBenchmark;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option with the constants of an enum as its values, written as in configuration files: {@code same-step}. */
abstract class Choice<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

    private final List<E> constants;

    private Choice(Class<E> type) {
        constants = Arrays.asList(type.getEnumConstants());
    }

    /** How people write a constant. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public E convert(String text) {
        return constants.stream()
                .filter(constant -> name(constant).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("'" + text + "' is not one of " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return constants.stream().map(Choice::name).iterator();
    }

    static final class Methods extends Choice<ConvertCommand.Method> {
        Methods() {
            super(ConvertCommand.Method.class);
        }
    }

    static final class Encoders extends Choice<Encoder> {
        Encoders() {
            super(Encoder.class);
        }
    }

    static final class Arithmetics extends Choice<Arithmetic> {
        Arithmetics() {
            super(Arithmetic.class);
        }
    }

    static final class Surrogates extends Choice<Surrogate.Kind> {
        Surrogates() {
            super(Surrogate.Kind.class);
        }
    }

    static final class AllLogits extends Choice<FineTuningRecipe.Logits> {
        AllLogits() {
            super(FineTuningRecipe.Logits.class);
        }
    }

    static final class Precisions extends Choice<Precision> {
        Precisions() {
            super(Precision.class);
        }
    }

    static final class TrainingWays extends Choice<TrainingBenchmark.Way> {
        TrainingWays() {
            super(TrainingBenchmark.Way.class);
        }
    }

    static final class Resets extends Choice<Reset> {
        Resets() {
            super(Reset.class);
        }
    }

    static final class Propagations extends Choice<Propagation> {
        Propagations() {
            super(Propagation.class);
        }
    }
}
