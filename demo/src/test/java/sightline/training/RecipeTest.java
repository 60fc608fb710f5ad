package sightline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sightline.world.World;

/** The stages lead from nothing to everything. */
class RecipeTest {
    private static final Recipe DEMO = Recipe.demo();

    @Test
    void allKindsAreAskedBeforeTheLastStageAndInIt() {
        Set<String> before = new TreeSet<>();
        DEMO.stages().stream()
                .filter(stage -> stage.asks() && !stage.name().startsWith("all kinds"))
                .forEach(stage -> before.addAll(stage.mix().kinds().keySet()));
        assertThat(before).containsExactlyInAnyOrderElementsOf(World.kinds());
        assertThat(DEMO.at(1).mix().kinds().keySet()).containsExactlyInAnyOrderElementsOf(World.kinds());
    }

    @Test
    void theStagesFillTheTimeAndTheRatesFall() {
        assertThat(DEMO.stages().stream().mapToDouble(Stage::share).sum()).isCloseTo(1, within(1e-9));
        assertThat(DEMO.at(0).asks()).isFalse();
        assertThat(DEMO.at(0.999).asks()).isTrue();
        assertThat(DEMO.rates(0.3).muon()).isGreaterThan(DEMO.rates(0.6).muon());
        assertThat(DEMO.rates(0.6).muon())
                .isGreaterThan(DEMO.rates(0.99).muon())
                .isPositive();
        assertThat(DEMO.rates(0.01).decoder()).isZero();
    }
}
