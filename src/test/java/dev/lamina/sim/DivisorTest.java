package dev.lamina.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DivisorTest {

    @Test
    void dividesAsTheOperatorDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            int divisor = i < 300 ? i + 1 : random.nextInt(Integer.MAX_VALUE) + 1;
            Divisor tested = new Divisor(divisor);
            int multiple = (1 + random.nextInt(Integer.MAX_VALUE / divisor)) * divisor;
            for (int n : new int[] {0, multiple, Math.max(0, multiple - 1), random.nextInt(Integer.MAX_VALUE)}) {
                assertEquals(n / divisor, tested.quotient(n), n + " / " + divisor);
            }
            assertEquals(Integer.MAX_VALUE / divisor, tested.quotient(Integer.MAX_VALUE));
        }
    }
}
