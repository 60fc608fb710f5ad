package sightline.llava;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlavaWeightNamesTest {
    @ParameterizedTest
    @CsvSource({
        "language_model.model.norm.weight, language_model.model.norm.weight",
        "model.language_model.norm.weight, language_model.model.norm.weight",
        "language_model.lm_head.weight, language_model.lm_head.weight",
        "lm_head.weight, language_model.lm_head.weight",
        "vision_tower.vision_model.pre_layrnorm.bias, vision_tower.vision_model.pre_layrnorm.bias",
        "model.vision_tower.vision_model.pre_layrnorm.bias, vision_tower.vision_model.pre_layrnorm.bias",
        "model.vision_tower.pre_layrnorm.bias, vision_tower.vision_model.pre_layrnorm.bias",
        "vision_tower.pre_layrnorm.bias, vision_tower.vision_model.pre_layrnorm.bias",
        "model.multi_modal_projector.linear_1.bias, multi_modal_projector.linear_1.bias",
        "multi_modal_projector.linear_2.weight, multi_modal_projector.linear_2.weight",
        "something.else, something.else",
    })
    void everySchemeLeadsToThePublishedName(String stored, String published) {
        assertThat(LlavaWeightNames.published(stored)).isEqualTo(published);
    }
}
