package dev.lamina.fuzz;

import java.io.IOException;
import java.util.List;

/** A parser of untrusted bytes. One thread uses it, input after input. */
public interface FuzzTarget {

    /** Inputs to start from: some that the parser accepts, made by code or shipped with the program, of a few KB each. */
    List<byte[]> seeds() throws IOException;

    /**
     * Parses an input.
     *
     * @throws dev.lamina.io.InputException if the parser refuses it; anything else that is thrown is a fault
     */
    void parse(byte[] input) throws IOException;
}
