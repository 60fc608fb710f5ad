package sightline.explore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.console.Console;
import sightline.error.InputException;
import sightline.files.Folders;
import sightline.model.LoadOptions;
import sightline.option.DeviceChoice;
import sightline.option.DeviceOption;
import sightline.option.InputOptions;
import sightline.option.ModelOptions;
import sightline.option.Options;

/** Opens the explorer. */
@Command(
        name = "explore",
        description = {
            "Opens a local page on a model (the demo's by default) and on finished runs: ask, cut, look inside.",
            "",
            "Prints the page's address and runs until Ctrl-C. Only this machine can reach it, unless --host says otherwise."
        },
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  sightline explore --model Llama-3.2-11B-Vision-Instruct \\",
            "      --runs study/vqav2 --images coco/val2014"
        })
public final class ExploreCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 7080;
    private static final int LARGEST_PORT = 65_535;
    private static final int LEAST_TOKEN = 16;

    private final Console console;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The checkpoint, as for ask. Without it, the small model that is part of Sightline.")
    private Path model;

    @Option(
            names = "--dtype",
            defaultValue = "auto",
            paramLabel = "TYPE",
            description = "Number format, as for ask: auto (default), float32 or bfloat16.")
    private String dtype;

    @Mixin
    private InputOptions inputs;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "A run to look at, as trace or study makes it. May be given several times.")
    private List<Path> runs = List.of();

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description =
                    "A folder with the pictures of --runs, so that a sample opens with its picture. May be given several times.")
    private List<Path> images = List.of();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port; 7080 by default, or any free one if that is taken. 0 for any free one.")
    private String port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description = "The address to listen at; 127.0.0.1 by default, which only this machine reaches. Any other"
                    + " needs --token.")
    private String host;

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description =
                    "A secret of 16 characters or more that every request must know; it is part of the printed address.")
    private String token;

    @Option(
            names = "--export",
            paramLabel = "DIR",
            description =
                    "Writes the page as it opens (the first example, the first of --runs) into this folder, as one file that"
                            + " opens without a server. Views that are saved as a page go there too, under names that are new.")
    private Path export;

    @Option(names = "--no-browser", description = "Do not open a browser.")
    private boolean noBrowser;

    @Mixin
    private DeviceOption device;

    public ExploreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Address address = address();
        RunShelf shelf = RunShelf.of(
                runs.stream().map(path -> Options.path("--runs", path)).toList(),
                images.stream().map(path -> Options.path("--images", path)).toList());
        DeviceChoice chosen = device.chosen();
        LoadOptions loading = loading(chosen);
        chosen.tell(console);
        Optional<Path> folder = Optional.ofNullable(model).map(path -> Options.path("--model", path));
        Optional<Path> views = Optional.ofNullable(export).map(path -> Options.output("--export", path));
        views.ifPresent(Folders::make);
        try (DemoFiles demo = new DemoFiles();
                Desk desk = new Desk(folder, demo, loading);
                Explorer explorer = Explorer.start(address, desk, shelf, views)) {
            String url = explorer.url();
            console.print(List.of(url));
            console.out().flush();
            if (!noBrowser) {
                Browser.open(url);
            }
            save(explorer);
            explorer.await();
        }
        return 0;
    }

    /** What goes wrong is told; the page, which shows it too, stays. */
    private void save(Explorer explorer) throws IOException, InterruptedException {
        try {
            explorer.saveOpening().ifPresent(name -> console.note("Saved " + export.resolve(name)));
        } catch (RequestRefusal e) {
            console.note("The opening view is not saved: " + e.getMessage());
        }
    }

    private LoadOptions loading(DeviceChoice chosen) {
        LoadOptions options = chosen.loading();
        options = options.with(inputs.given());
        return ModelOptions.type(dtype).map(options::withDType).orElse(options);
    }

    private Address address() {
        int number = port == null ? DEFAULT_PORT : Options.integer("--port", port, 0, "7080");
        if (number > LARGEST_PORT) {
            throw Options.wrong("--port", port, "0 to " + LARGEST_PORT, "7080");
        }
        Address address = new Address(host, number, port == null, Optional.ofNullable(token));
        if (token != null && !token.matches("[A-Za-z0-9._~-]{" + LEAST_TOKEN + ",200}")) {
            throw new InputException(
                    "--token",
                    "is not usable",
                    LEAST_TOKEN + " to 200 letters, digits and . _ ~ -",
                    "Give another, for example one that `openssl rand -hex 16` prints");
        }
        if (token == null && !address.isLoopback()) {
            throw new InputException(
                    "--host",
                    "is " + host + ", which other machines reach",
                    "--token TEXT beside it",
                    "Give --token, or leave --host out");
        }
        return address;
    }
}
