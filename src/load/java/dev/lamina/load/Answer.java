package dev.lamina.load;

import java.util.List;

/**
 * What a server has answered.
 *
 * @param status the HTTP status
 * @param retryAfter seconds after which to come again; 0 if it does not say
 * @param lines the lines of the body
 */
record Answer(int status, int retryAfter, List<String> lines) {}
