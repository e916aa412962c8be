package dev.lamina.cli;

import dev.lamina.serve.Token;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the token is: in a file or in the environment. An argument would be seen by everybody on the machine. */
final class TokenOption {

    private static final String VARIABLE = "LAMINA_TOKEN";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "the file that holds the token which clients must know (default: $LAMINA_TOKEN, if set)")
    Optional<Path> file = Optional.empty();

    /** The token, if there is one. */
    Optional<Token> token() {
        if (file.isPresent()) {
            return file.map(Token::read);
        }
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(text -> !text.isEmpty())
                .map(text -> Token.of(text, "$" + VARIABLE));
    }
}
