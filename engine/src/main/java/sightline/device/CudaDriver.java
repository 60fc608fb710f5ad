package sightline.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's driver as the kernel shows it.
 *
 * @param version the driver's, such as 580.65.06; empty if it is not loaded, or does not say
 * @param device whether a card can be opened: {@code /dev/nvidia0} or another number, or under Windows {@code
 *     /dev/dxg} with NVIDIA's library
 * @param cards what the cards are called, as far as they are named
 */
public record CudaDriver(Optional<String> version, boolean device, List<String> cards) {
    /** The first driver that runs CUDA 13. */
    static final int LEAST = 580;

    private static final Pattern VERSION = Pattern.compile("Kernel Module.*?\\s(\\d+(?:\\.\\d+)+)\\s");

    public CudaDriver {
        cards = List.copyOf(cards);
    }

    /** Reads what the kernel shows. */
    static CudaDriver of(Machine machine) {
        Optional<String> version = text(machine.at("/proc/driver/nvidia/version"))
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1));
        boolean device = windows(machine)
                || !SearchPlaces.matching(machine.at("/dev"), "nvidia[0-9]*").isEmpty();
        List<String> cards = new ArrayList<>();
        for (Path card : SearchPlaces.matching(machine.at("/proc/driver/nvidia/gpus"), "*")) {
            text(card.resolve("information")).stream()
                    .flatMap(String::lines)
                    .filter(line -> line.startsWith("Model:"))
                    .map(line -> line.substring("Model:".length()).strip())
                    .forEach(cards::add);
        }
        return new CudaDriver(version, device, cards);
    }

    /** Windows shows every card as one device, also those of others. */
    private static boolean windows(Machine machine) {
        return Files.exists(machine.at("/dev/dxg")) && Files.exists(machine.at("/usr/lib/wsl/lib/libcuda.so.1"));
    }

    /** Whether there is anything of NVIDIA's here. */
    public boolean present() {
        return version.isPresent() || device;
    }

    /** Whether it says a version that is below what CUDA 13 needs. */
    boolean tooOld() {
        return version.filter(found -> Integer.parseInt(found.substring(0, found.indexOf('.'))) < LEAST)
                .isPresent();
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
