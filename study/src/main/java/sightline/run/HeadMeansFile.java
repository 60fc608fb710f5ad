package sightline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import sightline.error.InputException;
import sightline.files.FileHash;
import sightline.files.StrictJson;
import sightline.files.WholeFile;
import sightline.files.WorkLock;
import sightline.knockout.HeadMeans;

/**
 * A run's means of what heads read, over each half of its pictures: made once, by whoever traces first, and kept, so that all
 * samples are silenced by the same.
 */
final class HeadMeansFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HASH = 16;

    private HeadMeansFile() {}

    /**
     * Reads the means, or makes the file. Of several processes that make it at once, all use what the first has written.
     *
     * @param lock the run's, under which the file is written
     * @param mark of the run's settings, weights included
     * @param pictures of the halves, as {@link HeadHalves#hash} tells them
     * @param make makes a half's
     * @return by half
     * @throws InputException if the file is of another run or of other pictures, or damaged
     */
    static List<HeadMeans> of(Path file, Path lock, String mark, String pictures, IntFunction<float[][][]> make) {
        if (!Files.exists(file)) {
            List<float[][][]> made = List.of(make.apply(0), make.apply(1));
            WorkLock.alone(lock, () -> {
                if (!Files.exists(file)) {
                    write(file, mark, pictures, made);
                }
                return file;
            });
        }
        return read(file, mark, pictures);
    }

    private static void write(Path file, String mark, String pictures, List<float[][][]> halves) {
        ObjectNode json =
                JSON.createObjectNode().put("format", 1).put("settings", mark).put("pictures_sha256", pictures);
        for (float[][][] means : halves) {
            byte[] values = bytes(means);
            json.withArray("halves")
                    .addObject()
                    .put("tokens", means.length)
                    .put("layers", means[0].length)
                    .put("width", means[0][0].length)
                    .put("sha256", FileHash.of(values))
                    .put("values", Base64.getEncoder().encodeToString(values));
        }
        try {
            byte[] text = (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
            WholeFile.write(file, out -> out.write(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<HeadMeans> read(Path file, String mark, String pictures) {
        JsonNode json;
        try {
            json = StrictJson.read(file);
        } catch (IOException e) {
            throw broken(file, "cannot be read: " + StrictJson.reason(e));
        }
        if (!json.path("settings").asText("").equals(mark)) {
            throw broken(file, "was made under other settings or with other weights than this run's");
        }
        if (!json.path("pictures_sha256").asText("").equals(pictures)) {
            throw new InputException(
                    file.toString(),
                    "holds means over halves of other pictures than this dataset's, so that a picture's own may be among"
                            + " them",
                    "the dataset's file that this run began with",
                    "Give that file, or trace into another --out");
        }
        List<HeadMeans> halves = new ArrayList<>();
        for (JsonNode half : json.path("halves")) {
            halves.add(means(file, half));
        }
        if (halves.size() != 2) {
            throw broken(file, "has " + halves.size() + " halves");
        }
        return halves;
    }

    private static HeadMeans means(Path file, JsonNode half) {
        int tokens = half.path("tokens").asInt(0);
        int layers = half.path("layers").asInt(0);
        int width = half.path("width").asInt(0);
        byte[] values;
        try {
            values = Base64.getDecoder().decode(half.path("values").asText(""));
        } catch (IllegalArgumentException e) {
            throw broken(file, "holds values that are no Base64");
        }
        String hash = FileHash.of(values);
        if (!half.path("sha256").asText("").equals(hash)
                || tokens < 1
                || tokens > HeadMeans.TOKENS
                || layers < 1
                || width < 1
                || values.length != Float.BYTES * (long) tokens * layers * width) {
            throw broken(file, "holds values that do not fit their hash or their number");
        }
        ByteBuffer buffer = ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN);
        float[][][] means = new float[tokens][layers][width];
        for (float[][] token : means) {
            for (float[] layer : token) {
                buffer.asFloatBuffer().get(layer);
                buffer.position(buffer.position() + Float.BYTES * width);
            }
        }
        return new HeadMeans(hash.substring(0, HASH), means);
    }

    private static byte[] bytes(float[][][] means) {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * means.length * means[0].length * means[0][0].length)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float[][] token : means) {
            for (float[] layer : token) {
                for (float value : layer) {
                    buffer.putFloat(value);
                }
            }
        }
        return buffer.array();
    }

    private static InputException broken(Path file, String problem) {
        return new InputException(
                file.toString(),
                problem,
                "the means that this run began with",
                "Put the file back; without it and without journals a run begins anew");
    }
}
