package sightline.figure;

/** How roles of prompt tokens look: in the colour of the pathway that they feed, the rest grey. */
final class RoleStyle {
    private RoleStyle() {}

    static int colour(String role) {
        return switch (role) {
            case "image" -> 0xCF7510;
            case "question" -> 0x35997C;
            case "answer" -> 0xB3202F;
            case "choices" -> 0x7C5AC2;
            default -> Palette.SECOND_INK;
        };
    }

    /** What is grey is told apart by dashes. */
    static double[] dash(String role) {
        return switch (role) {
            case "instruction" -> new double[] {6, 3};
            case "template" -> new double[] {1.5, 3};
            default -> new double[0];
        };
    }
}
