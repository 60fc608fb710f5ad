package sightline.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes JSON exactly as Python's {@code json.dumps(value, ensure_ascii=False, indent=indent)} does. */
final class PythonJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .addModule(new SimpleModule().addSerializer(Double.class, new Floats()))
            .build();

    private PythonJson() {}

    /**
     * @param value null, strings, numbers, booleans, and lists and maps of these
     * @param indent spaces per level; negative for all on one line
     * @throws IllegalArgumentException for a value of another kind
     */
    static String write(Object value, int indent) {
        try {
            return MAPPER.writer(printer(indent)).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static PrettyPrinter printer(int indent) {
        boolean oneLine = indent < 0;
        Spacing afterComma = oneLine ? Spacing.AFTER : Spacing.NONE; // else the line break follows it
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEntrySpacing(afterComma)
                .withArrayValueSpacing(afterComma)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        DefaultPrettyPrinter.Indenter lines =
                oneLine ? new DefaultPrettyPrinter.NopIndenter() : new DefaultIndenter(" ".repeat(indent), "\n");
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        return printer;
    }

    /** Python's {@code repr} of a float: plain notation from 1e-4 up to below 1e16, always with a point or exponent. */
    private static final class Floats extends StdSerializer<Double> {
        private static final long serialVersionUID = 1L;

        Floats() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            double size = Math.abs(value);
            if (!Double.isFinite(value) || (size != 0 && (size < 1e-4 || size >= 1e16))) {
                throw new IllegalArgumentException("the number " + value + " is outside what templates write");
            }
            BigDecimal plain = new BigDecimal(Double.toString(value)).stripTrailingZeros();
            String digits = plain.setScale(Math.max(1, plain.scale())).toPlainString();
            out.writeNumber(size == 0 ? value.toString() : digits); // keeps -0.0
        }
    }
}
