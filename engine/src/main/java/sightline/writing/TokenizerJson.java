package sightline.writing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code tokenizer.json} as the tokenizers library reads it: byte-level BPE with Llama 3's split. */
final class TokenizerJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenizerJson() {}

    static ObjectNode of(LearntVocabulary vocabulary) {
        ObjectNode json = JSON.createObjectNode().put("version", "1.0");
        json.putNull("truncation").putNull("padding");
        ArrayNode added = json.putArray("added_tokens");
        for (String token : LearntVocabulary.SPECIAL) {
            ObjectNode entry = added.addObject().put("id", vocabulary.id(token));
            entry.setAll(special(token));
        }
        json.putNull("normalizer");
        json.set("pre_tokenizer", split());
        json.set("post_processor", begin(vocabulary));
        json.set("decoder", byteLevel(true, true));
        json.set("model", model(vocabulary));
        return json;
    }

    /** One special token, without its id. */
    static ObjectNode special(String token) {
        return JSON.createObjectNode()
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }

    private static ObjectNode split() {
        ObjectNode json = JSON.createObjectNode().put("type", "Sequence");
        ArrayNode steps = json.putArray("pretokenizers");
        ObjectNode split = steps.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", LearntVocabulary.SPLIT);
        split.put("behavior", "Isolated").put("invert", false);
        steps.add(byteLevel(false, false));
        return json;
    }

    private static ObjectNode byteLevel(boolean prefixSpace, boolean regex) {
        return JSON.createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", prefixSpace)
                .put("trim_offsets", true)
                .put("use_regex", regex);
    }

    /** Writes the begin token before every text, where special tokens are asked for. */
    private static ObjectNode begin(LearntVocabulary vocabulary) {
        ObjectNode json = JSON.createObjectNode().put("type", "Sequence");
        ArrayNode steps = json.putArray("processors");
        steps.add(byteLevel(true, true));
        ObjectNode template = steps.addObject().put("type", "TemplateProcessing");
        ArrayNode single = template.putArray("single");
        ArrayNode pair = template.putArray("pair");
        for (String sequence : new String[] {"A", "B"}) {
            int type = sequence.equals("A") ? 0 : 1;
            for (ArrayNode into : type == 0 ? new ArrayNode[] {single, pair} : new ArrayNode[] {pair}) {
                into.addObject()
                        .putObject("SpecialToken")
                        .put("id", LearntVocabulary.BEGIN)
                        .put("type_id", type);
                into.addObject().putObject("Sequence").put("id", sequence).put("type_id", type);
            }
        }
        ObjectNode token = template.putObject("special_tokens").putObject(LearntVocabulary.BEGIN);
        token.put("id", LearntVocabulary.BEGIN);
        token.putArray("ids").add(vocabulary.id(LearntVocabulary.BEGIN));
        token.putArray("tokens").add(LearntVocabulary.BEGIN);
        return json;
    }

    private static ObjectNode model(LearntVocabulary vocabulary) {
        ObjectNode json = JSON.createObjectNode().put("type", "BPE");
        json.putNull("dropout")
                .putNull("unk_token")
                .putNull("continuing_subword_prefix")
                .putNull("end_of_word_suffix");
        json.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", true);
        ObjectNode tokens = json.putObject("vocab");
        vocabulary.tokens().forEach(token -> tokens.put(token, tokens.size()));
        ArrayNode merges = json.putArray("merges");
        vocabulary.merges().forEach(pair -> merges.addArray().add(pair.left()).add(pair.right()));
        return json;
    }
}
