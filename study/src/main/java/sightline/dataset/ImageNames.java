package sightline.dataset;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import sightline.error.InputException;

/** How each dataset names the files of its pictures. */
final class ImageNames {
    /** The split that the published study asks about. */
    static final String PUBLISHED_SUBSET = "val2014";

    private ImageNames() {}

    /** What a part of COCO's names may be, so that no file outside the folder of images is ever read. */
    private static final Pattern SUBSET = Pattern.compile("[A-Za-z0-9-]+");

    /** @throws InputException if a file's {@code data_subtype} is no part of a name */
    static void requireSubset(Path file, String subset) {
        if (!SUBSET.matcher(subset).matches()) {
            throw new InputException(
                    file.toString(),
                    "field \"data_subtype\" is \"" + subset + "\"",
                    "a part of the pictures' names, of letters, digits and hyphens, as val2014",
                    "Fetch the file again, or mend it there");
        }
    }

    /** VQAv2's pictures are COCO's, under COCO's names. */
    static String coco(String subset, long id) {
        return String.format(Locale.ROOT, "COCO_%s_%012d.jpg", subset, id);
    }

    static String visual7w(long id) {
        return "v7w_" + id + ".jpg";
    }

    /**
     * Of a path in the field {@code image} (DocVQA has folders of its own) only the last part counts, so that no file outside the
     * folder of images is ever read.
     */
    static String lastPart(Entry entry) throws Entry.Unusable {
        String path = entry.text("image");
        if (path.isBlank()) {
            throw entry.unusable("image", "empty image name");
        }
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        if (name.isBlank() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
            throw entry.unusable("image", "names no file: \"" + path + "\"");
        }
        return name;
    }
}
