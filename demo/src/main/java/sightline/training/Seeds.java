package sightline.training;

/** Seeds of pictures. Those that are trained on and those that are held out never come from one counter. */
final class Seeds {
    private static final long HELD_OUT = 0x5EED_0F_8E1DL;

    private Seeds() {}

    /** Well mixed bits of some numbers (Steele et al. 2014, the finaliser of SplittableRandom). */
    static long of(long... numbers) {
        long z = 0x9E3779B97F4A7C15L;
        for (long number : numbers) {
            z += number + 0x9E3779B97F4A7C15L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
        }
        return z;
    }

    /** The seed of a picture that is never trained on. */
    static long heldOut(long picture) {
        return of(HELD_OUT, picture);
    }
}
