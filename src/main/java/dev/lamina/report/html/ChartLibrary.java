package dev.lamina.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Apache ECharts, from its WebJar on the class path. */
final class ChartLibrary {

    private static final String POM = "/META-INF/maven/org.webjars/echarts/pom.properties";

    private ChartLibrary() {}

    /** The library's source: a script that leaves {@code echarts} behind. */
    static String source() {
        try (InputStream pom = open(POM)) {
            Properties properties = new Properties();
            properties.load(pom);
            String version = properties.getProperty("version");
            try (InputStream in = open("/META-INF/resources/webjars/echarts/" + version + "/echarts.min.js")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the chart library", e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = ChartLibrary.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException(resource + " is missing from the class path");
        }
        return in;
    }
}
