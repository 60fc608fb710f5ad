package sightline.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.json.JsonText;

/** What is odd or missing in a checkpoint's files beside its weights, as warnings of {@link CheckpointReport}. */
final class OtherFiles {
    private static final String JINJA = "chat_template.jinja";
    private static final String PICTURES = "preprocessor_config.json";
    private static final String PROCESSOR = "processor_config.json";
    private static final List<String> TEMPLATES =
            List.of("chat_template.json", PROCESSOR, "tokenizer_config.json"); // in the order in which they count

    /** Settings that make the reference choose another token than the likeliest, with the values that do not. */
    private static final Map<String, Set<String>> OTHER_CHOICES = Map.ofEntries(
            Map.entry("repetition_penalty", Set.of("1", "1.0")),
            Map.entry("no_repeat_ngram_size", Set.of("0")),
            Map.entry("min_length", Set.of("0")),
            Map.entry("min_new_tokens", Set.of("0")),
            Map.entry("num_beams", Set.of("1")),
            Map.entry("suppress_tokens", Set.of("[]")),
            Map.entry("begin_suppress_tokens", Set.of("[]")),
            Map.entry("bad_words_ids", Set.of("[]")),
            Map.entry("forced_bos_token_id", Set.of()),
            Map.entry("forced_eos_token_id", Set.of()),
            Map.entry("sequence_bias", Set.of()),
            Map.entry("exponential_decay_length_penalty", Set.of()));

    private OtherFiles() {}

    static void warn(
            CheckpointFolder folder, GenerationConfig generation, boolean templateGiven, List<String> warnings) {
        if (!folder.has("tokenizer.json")) {
            warnings.add("tokenizer.json is missing: no question can be encoded");
        }
        if (!templateGiven) {
            warnOfTemplates(folder, warnings);
        }
        warnOfPictures(folder, warnings);
        warnOfGeneration(folder, generation, warnings);
    }

    private static void warnOfTemplates(CheckpointFolder folder, List<String> warnings) {
        Map<String, JsonNode> templates = new LinkedHashMap<>();
        for (String name : TEMPLATES) {
            if (folder.has(name) && read(folder, name).hasNonNull("chat_template")) {
                templates.put(name, read(folder, name).get("chat_template"));
            }
        }
        if (templates.isEmpty() && !folder.has(JINJA)) {
            warnings.add("a chat template is missing (" + JINJA + " or chat_template.json, or `chat_template` in "
                    + PROCESSOR + " or tokenizer_config.json): is this the base model? Give one with --chat-template");
        }
        List<String> idle = new ArrayList<>(templates.keySet());
        if (!folder.has(JINJA) && !idle.isEmpty()) {
            String used = idle.remove(0);
            idle.removeIf(name -> templates.get(name).equals(templates.get(used))); // often written twice
            if (!idle.isEmpty()) {
                warnings.add(notUsed(idle, used));
            }
        } else if (!idle.isEmpty()) {
            warnings.add(notUsed(idle, JINJA));
        }
    }

    private static String notUsed(List<String> files, String used) {
        return "the chat template in " + String.join(" and ", files) + " is not used: " + used + " goes before it";
    }

    private static void warnOfPictures(CheckpointFolder folder, List<String> warnings) {
        JsonNode inside = folder.has(PROCESSOR) ? read(folder, PROCESSOR).path("image_processor") : null;
        boolean shared = inside != null && inside.isObject();
        if (!folder.has(PICTURES) && !shared) {
            warnings.add(PICTURES + " is missing: no picture can be prepared");
            return;
        }
        JsonNode settings = folder.has(PICTURES) ? read(folder, PICTURES) : inside;
        String type = settings.path("image_processor_type").asText();
        if (type.endsWith("Fast")) {
            warnings.add((folder.has(PICTURES) ? PICTURES : PROCESSOR) + " names " + type
                    + ": pictures are prepared as the slow one does, whose pixels differ from it by rounding");
        }
    }

    private static void warnOfGeneration(CheckpointFolder folder, GenerationConfig generation, List<String> warnings) {
        String file = CheckpointFolder.GENERATION;
        if (!folder.has(file)) {
            warnings.add(file + " is missing: end tokens are taken from config.json");
        }
        if (generation.endTokens().isEmpty()) {
            warnings.add((folder.has(file) ? file : CheckpointFolder.CONFIG)
                    + " names no end token: an answer ends only at its longest length");
        }
        if (folder.has(file)) {
            JsonNode settings = read(folder, file);
            List<String> other = OTHER_CHOICES.keySet().stream()
                    .sorted()
                    .filter(settings::hasNonNull)
                    .filter(name ->
                            !OTHER_CHOICES.get(name).contains(settings.get(name).toString()))
                    .map(name -> name + " " + JsonText.show(settings.get(name)))
                    .toList();
            if (!other.isEmpty()) {
                warnings.add(file + " asks for " + String.join(", ", other)
                        + ", which answering here does not follow: it takes the likeliest token");
            }
        }
    }

    private static JsonNode read(CheckpointFolder folder, String name) {
        return JsonText.read(folder.file(name));
    }
}
