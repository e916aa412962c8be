package dev.lamina.sim;

/** The kernels of this Java runtime. */
public final class Kernels {

    private static final Kernel SCALAR = new ScalarKernel();
    private static final Kernel FASTEST = load();

    private Kernels() {}

    /** Plain loops; always there. */
    public static Kernel scalar() {
        return SCALAR;
    }

    /** The vector kernel where the runtime was started with the module {@code jdk.incubator.vector}, else scalar. */
    public static Kernel fastest() {
        return FASTEST;
    }

    private static Kernel load() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return SCALAR;
        }
        try {
            // By name: a reference would fail to link where the module is absent.
            Class<?> vector = Class.forName(Kernels.class.getPackageName() + ".VectorKernel");
            return (Kernel) vector.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            return SCALAR;
        }
    }
}
