package sightline.app;

/** The command line's entry point. */
public final class Sightline {
    private Sightline() {}

    public static void main(String[] arguments) {
        System.out.println("sightline");
    }
}
