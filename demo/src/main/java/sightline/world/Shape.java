package sightline.world;

import java.util.Locale;

/** What lies in a scene. Each fills a square of side 2 around (0, 0), y downwards. */
enum Shape {
    CIRCLE {
        @Override
        boolean covers(double x, double y) {
            return x * x + y * y <= 1;
        }
    },
    SQUARE {
        @Override
        boolean covers(double x, double y) {
            return Math.abs(x) <= 0.9 && Math.abs(y) <= 0.9;
        }
    },
    TRIANGLE {
        @Override
        boolean covers(double x, double y) {
            return y <= 0.95 && Math.abs(x) <= (y + 1) / 2;
        }
    },
    CROSS {
        @Override
        boolean covers(double x, double y) {
            return Math.min(Math.abs(x), Math.abs(y)) <= 0.34 && Math.max(Math.abs(x), Math.abs(y)) <= 1;
        }
    },
    RING {
        @Override
        boolean covers(double x, double y) {
            double radius = x * x + y * y;
            return radius <= 1 && radius >= 0.28;
        }
    },
    STAR {
        @Override
        boolean covers(double x, double y) {
            double radius = Math.hypot(x, y);
            double turn = Math.atan2(x, -y) / (2 * Math.PI) * 5; // a point straight up, five in all
            double off = Math.abs(turn - Math.rint(turn)) * 2; // 0 at a point, 1 between two
            return radius <= 1.1 - 0.72 * off;
        }
    };

    abstract boolean covers(double x, double y);

    /** As it is called. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As several are called. */
    String words() {
        return this == CROSS ? "crosses" : word() + "s";
    }
}
