package sightline.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sightline.files.FileHash;

/**
 * A folder of files as users have them, right ones and wrong ones of every kind, for {@link BadInputTest}.
 *
 * @param root the folder
 */
record BadFiles(Path root) {
    private static final Path LLAVA = CommandRun.GOLDEN.resolve("llava/llava8/checkpoint");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path STUDY =
            Path.of(System.getProperty("basedir")).getParent().resolve("study/src/test/resources/scoring/datasets");
    private static final Path PICTURES =
            CommandRun.GOLDEN.getParent().resolve("pictures").normalize();

    /** What may stand in place of a JSON file, by its name in the folder {@code json}. */
    static final Map<String, byte[]> JSON_KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry("empty", new byte[0]),
            Map.entry("blank", bytes(" \n ")),
            Map.entry("string", bytes("\"text\"")),
            Map.entry("number", bytes("1e999")),
            Map.entry("null", bytes("null")),
            Map.entry("truncated", bytes("[{\"question_id\": 1, \"answ")),
            Map.entry("words", bytes("not JSON at all")),
            Map.entry("html", bytes("<!doctype html><title>404</title>")),
            Map.entry("utf16", "[{\"question_id\": 1}]".getBytes(StandardCharsets.UTF_16)),
            Map.entry("latin1", "[{\"question\": \"é\"}]".getBytes(StandardCharsets.ISO_8859_1)),
            Map.entry("nan", bytes("[{\"question_id\": NaN}]")),
            Map.entry("twice", bytes("[{\"question_id\": 1, \"question_id\": 2}]")),
            Map.entry("trailing", bytes("[{\"question_id\": 1}] []")),
            Map.entry("comment", bytes("// mine\n[]")),
            Map.entry("deep", bytes("[".repeat(5000) + "]".repeat(5000))),
            Map.entry("huge", bytes("[{\"question_id\": " + "9".repeat(2000) + "}]")),
            Map.entry("binary", new byte[] {0, 1, 2, 27, (byte) 0x9b, 31, 127, (byte) 0xff}),
            Map.entry("zeros", new byte[4096]),
            Map.entry("lfs", bytes("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"))));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static BadFiles make(Path root) throws IOException {
        BadFiles files = new BadFiles(root);
        files.right();
        files.json();
        files.models();
        files.llava();
        files.pictures();
        files.runs();
        files.outputs();
        return files;
    }

    Path at(String name) {
        return root.resolve(name);
    }

    private Path write(String name, byte[] content) throws IOException {
        Path file = at(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private void copy(Path from, String to) throws IOException {
        Path folder = Files.createDirectories(at(to));
        try (Stream<Path> own = Files.list(from)) {
            for (Path file : own.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    /** What every command takes. */
    private void right() throws IOException {
        TraceFiles.make(root, 2);
        copy(Path.of(CommandRun.TINY10), "model");
        copy(LLAVA, "llava/whole");
        Files.copy(Path.of(CommandRun.image("small_50x50.png")), at("image.png"));
        Files.copy(STUDY.resolve("vqa/v2_mscoco_val2014_annotations.json"), at("annotations.json"));
        Files.copy(STUDY.resolve("vqa/v2_OpenEnded_mscoco_val2014_questions.json"), at("questions.json"));
        Files.copy(STUDY.resolve("docvqa/val_v1.0_withQT.json"), at("docvqa.json"));
        Files.copy(STUDY.resolve("expected/mixed/vqa/results.json"), at("answers.json"));
        for (int id : new int[] {42, 73, 136, 164}) {
            Files.copy(at("image.png"), at(String.format(Locale.ROOT, "images/COCO_val2014_%012d.jpg", id)));
        }
        run(
                "score",
                "vqav2",
                at("answers.json").toString(),
                "--out",
                at("correct.json").toString());
        run(
                "trace",
                "vqav2",
                at("filtered.json").toString(),
                "--model",
                at("model").toString(),
                "--dtype",
                "float32",
                "--images",
                at("images").toString(),
                "--k",
                "1",
                "--out",
                at("run").toString(),
                "--export",
                "published");
        run("report", at("run").toString(), "--out", at("report").toString());
    }

    private static void run(String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        if (run.status() != 0) {
            throw new AssertionError(List.of(arguments) + ": " + run.err());
        }
    }

    private void json() throws IOException {
        for (Map.Entry<String, byte[]> kind : JSON_KINDS.entrySet()) {
            write("json/" + kind.getKey() + ".json", kind.getValue());
        }
        Files.createDirectories(at("json/folder.json"));
        write("json/object.json", bytes("{}"));
        write("json/list.json", bytes("[1, \"two\", null]"));
        write("json/escapes.json", bytes("{\"\\u001b[31mred\\u202e\\nnext\": 1}"));
    }

    /** A checkpoint whose files are links to the whole one's, but for some. */
    private void link(String name, Map<String, byte[]> others) throws IOException {
        link(name, at("model"), others);
    }

    private void link(String name, Path whole, Map<String, byte[]> others) throws IOException {
        Path folder = Files.createDirectories(at(name));
        try (Stream<Path> files = Files.list(whole)) {
            for (Path file : files.toList()) {
                String own = file.getFileName().toString();
                byte[] other = others.get(own);
                if (other == null) {
                    Files.createSymbolicLink(folder.resolve(own), file);
                } else if (other.length > 0) {
                    Files.write(folder.resolve(own), other);
                }
            }
        }
    }

    private static byte[] changed(String file, Consumer<ObjectNode> change) throws IOException {
        return changed(Path.of(CommandRun.TINY10, file), change);
    }

    private static byte[] changed(Path file, Consumer<ObjectNode> change) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
        change.accept(json);
        return JSON.writeValueAsBytes(json);
    }

    private static byte[] original(String file) throws IOException {
        return Files.readAllBytes(Path.of(CommandRun.TINY10, file));
    }

    /** Folders of the other family. */
    private void llava() throws IOException {
        llava("strategy", "config.json", json -> json.put("vision_feature_select_strategy", "cls"));
        llava("states", "config.json", json -> json.putArray("vision_feature_layer")
                .add(-2));
        llava("act", "config.json", json -> json.put("projector_hidden_act", "relu"));
        llava("bias", "config.json", json -> text(json).put("attention_bias", true));
        llava("original", "config.json", json -> json.putArray("architectures").add("LlavaLlamaForCausalLM"));
        llava("tokens", "processor_config.json", json -> json.put("num_additional_image_tokens", 0));
        llava("resample", "preprocessor_config.json", json -> json.put("resample", 2));
        llava("uncut", "preprocessor_config.json", json -> json.put("do_center_crop", false));
        llava("crop", "preprocessor_config.json", json -> json.withObject("crop_size")
                .put("height", 42)
                .put("width", 42));
    }

    private void llava(String name, String file, Consumer<ObjectNode> change) throws IOException {
        link("llava/" + name, at("llava/whole"), Map.of(file, changed(LLAVA.resolve(file), change)));
    }

    private void models() throws IOException {
        byte[] missing = new byte[0];
        for (String file : List.of(
                "config.json",
                "tokenizer.json",
                "preprocessor_config.json",
                "model.safetensors.index.json",
                "model-00002-of-00004.safetensors")) {
            link("models/without-" + file, Map.of(file, missing));
            link("models/words-" + file, Map.of(file, bytes("not what it should be")));
            link("models/lfs-" + file, Map.of(file, JSON_KINDS.get("lfs")));
            byte[] half = original(file);
            link("models/half-" + file, Map.of(file, Arrays.copyOf(half, half.length / 2)));
        }
        link("models/without-template", Map.of("chat_template.json", missing));
        link("models/words-template", Map.of("chat_template.json", bytes("{% for %}")));
        link("models/broken-template", Map.of("chat_template.json", bytes("{\"chat_template\": \"{% if %}\"}")));
        link(
                "models/coloured-template",
                Map.of(
                        "chat_template.json",
                        bytes("{\"chat_template\": \"{{ raise_exception('\\u001b[31mred\\u202e\\nnext') }}\"}")));
        String config = "config.json";
        link("models/type", Map.of(config, changed(config, json -> json.put("model_type", "qwen2_vl"))));
        link("models/hidden", Map.of(config, changed(config, json -> text(json).put("hidden_size", 63))));
        link("models/wider", Map.of(config, changed(config, json -> text(json).put("hidden_size", 128))));
        link("models/layers", Map.of(config, changed(config, json -> text(json).put("num_hidden_layers", 11))));
        link("models/minus", Map.of(config, changed(config, json -> text(json).put("num_hidden_layers", -1))));
        link("models/billion", Map.of(config, changed(config, json -> text(json).put("num_hidden_layers", 1 << 30))));
        link("models/word", Map.of(config, changed(config, json -> text(json).put("hidden_size", "wide"))));
        link("models/heads", Map.of(config, changed(config, json -> text(json).put("num_attention_heads", 0))));
        link("models/act", Map.of(config, changed(config, json -> text(json).put("hidden_act", "tanh"))));
        link("models/no-text", Map.of(config, changed(config, json -> json.remove("text_config"))));
        link("models/no-vision", Map.of(config, changed(config, json -> json.putNull("vision_config"))));
        link("models/quantised", Map.of(config, changed(config, json -> json.putObject("quantization_config"))));
        link("models/cross", Map.of(config, changed(config, json -> text(json)
                .putArray("cross_attention_layers")
                .add(99))));
        String pictures = "preprocessor_config.json";
        link("models/mean", Map.of(pictures, changed(pictures, json -> json.putArray("image_mean")
                .add("a"))));
        link("models/std", Map.of(pictures, changed(pictures, json -> json.putArray("image_std")
                .add(0)
                .add(0)
                .add(0))));
        link("models/size", Map.of(pictures, changed(pictures, json -> json.putObject("size")
                .put("height", -1)
                .put("width", 56))));
        link("models/tiles", Map.of(pictures, changed(pictures, json -> json.put("max_image_tiles", 0))));
        String index = "model.safetensors.index.json";
        link("models/climbs", Map.of(index, changed(index, json -> shard(json, "../../secret.safetensors"))));
        link("models/elsewhere", Map.of(index, changed(index, json -> shard(json, "none.safetensors"))));
        link("models/untyped", Map.of(index, changed(index, json -> json.put("weight_map", 5))));
        String shard = "model-00002-of-00004.safetensors";
        link("models/header", Map.of(shard, new byte[] {-1, -1, -1, -1, -1, -1, -1, 127}));
        link("models/dtype", Map.of(shard, replaced(original(shard), "\"BF16\"", "\"XX16\"")));
        link("models/shape", Map.of(shard, replaced(original(shard), "[64]", "[63]")));
        Files.createDirectories(at("models/empty"));
    }

    private static ObjectNode text(ObjectNode config) {
        return (ObjectNode) config.get("text_config");
    }

    private static void shard(ObjectNode index, String file) {
        JsonNode map = index.get("weight_map");
        ((ObjectNode) map).put(map.fieldNames().next(), file);
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.contains(from)) {
            throw new AssertionError("no " + from);
        }
        return text.replaceFirst(java.util.regex.Pattern.quote(from), to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private void pictures() throws IOException {
        Map<String, String> samples = Map.of(
                "png",
                "grey8.png",
                "jpg",
                "grey.jpg",
                "gif",
                "interlaced.gif",
                "bmp",
                "grey8.bmp",
                "tif",
                "grey.tif",
                "webp",
                "lossy.webp");
        for (Map.Entry<String, String> sample : samples.entrySet()) {
            byte[] whole = Files.readAllBytes(PICTURES.resolve(sample.getValue()));
            String end = "." + sample.getKey();
            write("pictures/half" + end, Arrays.copyOf(whole, whole.length / 2));
            write("pictures/head" + end, Arrays.copyOf(whole, 12));
        }
        write("pictures/empty.png", new byte[0]);
        write("pictures/text.png", bytes("not a picture"));
        write("pictures/html.jpg", JSON_KINDS.get("html"));
        write("pictures/zeros.png", new byte[1000]);
        write("pictures/photo.heic", bytes("\0\0\0\u0018ftypheic\0\0\0\0"));
        write("pictures/drawing.svg", bytes("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"));
        write("pictures/paper.pdf", bytes("%PDF-1.7\n"));
        write("pictures/\u001b[31mred\u202e.png", bytes("not a picture"));
        Files.createDirectories(at("pictures/folder.png"));
        byte[] huge = Files.readAllBytes(PICTURES.resolve("grey8.bmp"));
        for (int i = 18; i < 26; i++) {
            huge[i] = (byte) (i % 4 == 1 ? 0x7f : 0xff); // width and height of 2,147,483,647
        }
        write("pictures/huge.bmp", huge);
    }

    private void runs() throws IOException {
        for (String name : List.of("no-manifest", "bad-manifest", "empty-manifest", "bad-journal", "list-journal")) {
            Path copy = Files.createDirectories(at("runs/" + name));
            try (Stream<Path> files = Files.list(at("run"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        Files.delete(at("runs/no-manifest/manifest.json"));
        write("runs/bad-manifest/manifest.json", bytes("{\"format\": 1,"));
        write("runs/empty-manifest/manifest.json", bytes("{}"));
        write("runs/bad-journal/samples.jsonl", bytes("{\"id\": 1, \"index\"\n"));
        write("runs/list-journal/samples.jsonl", bytes("[1]\n"));
        Files.createDirectories(at("runs/nothing"));
    }

    private void outputs() throws IOException {
        write("mine.txt", bytes("mine"));
        write("mine/mine.txt", bytes("mine"));
        write("mine/curves.csv", bytes("mine"));
        write("curves/curves.csv", bytes("mine"));
        write("traced/results.parquet", bytes("mine"));
        write("selected/ids_vqa.json", bytes("mine"));
        write("studied/correct.json", bytes("mine"));
        Files.createSymbolicLink(at("dangling"), at("nowhere"));
        Files.createSymbolicLink(at("loop"), at("loop"));
        Files.createSymbolicLink(at("linked"), Files.createDirectories(at("empty")));
    }

    /** Every file with what it holds, every link with where it leads. */
    Map<String, String> contents() throws IOException {
        return walk(
                file -> false,
                file -> Files.isSymbolicLink(file)
                        ? "-> " + Files.readSymbolicLink(file)
                        : Files.isDirectory(file) ? "folder" : FileHash.of(file));
    }

    /** The same told by size and time: what is written shows, and it costs no reading. Without the many checkpoints. */
    Map<String, String> looks() throws IOException {
        return walk(
                file -> file.startsWith(at("models")),
                file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                        ? "folder"
                        : Files.readAttributes(file, "size,lastModifiedTime,fileKey", LinkOption.NOFOLLOW_LINKS)
                                .toString());
    }

    /** Tells something of a file. */
    private interface Tell {
        String of(Path file) throws IOException;
    }

    private Map<String, String> walk(Predicate<Path> skipped, Tell tell) throws IOException {
        Map<String, String> all = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return skipped.test(folder) ? FileVisitResult.SKIP_SUBTREE : visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                all.put(root.relativize(file).toString(), tell.of(file));
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }
}
