package dev.lamina.cli;

import picocli.CommandLine.IVersionProvider;

/** The program's version, as its jar says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "lamina " + (version == null ? "(from classes)" : version), "Java " + Runtime.version(),
        };
    }
}
