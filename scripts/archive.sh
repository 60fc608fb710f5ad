# The archive of classes, from which Java starts faster. Read by the scripts at the root, with root set, and java and version
# by toolchain.sh.

jar=$root/app/target/sightline.jar

# What Java reads at start; an archive fits only a Java that was started with the same.
settings='-Djava.awt.headless=true -Dai.djl.offline=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -XX:+UseSerialGC'

set_archive() {
    archive=$root/target/classes-$version.jsa
}

# One older than the jar is of no use.
has_archive() {
    [ -f "$archive" ] && [ -n "$(find "$archive" -newer "$jar")" ]
}

# What Java has made of the classes of a typical command, so that the next one need not read and verify them again. Java
# passes over an archive of another Java or other jars. It is a gain and no need: where it cannot be made there is none.
# (A whole archive and not one at exit on top of the JDK's own, which leaves out classes as old as picocli's.)
# shellcheck disable=SC2086
make_archive() {
    rm -f "$root"/target/classes-*.jsa
    {
        "$java" $settings -Xshare:off "-XX:DumpLoadedClassList=$root/target/classes.txt" -cp "$jar" sightline.app.Sightline ask \
            --model "$root/demo/src/main/resources/sightline/demo/checkpoint" \
            --image "$root/engine/src/test/resources/golden/images/small_50x50.png" \
            --prompt vqav2 --question 'What colour is it?' &&
            "$java" $settings -Xshare:off "-XX:DumpLoadedClassList=$root/target/classes-of-help.txt" -cp "$jar" \
                sightline.app.Sightline --help &&
            { classes_of_page || : >"$root/target/classes-of-page.txt"; } &&
            cat "$root/target/classes-of-help.txt" "$root/target/classes-of-page.txt" >>"$root/target/classes.txt" &&
            "$java" $settings -Xshare:dump "-XX:SharedClassListFile=$root/target/classes.txt" \
                "-XX:SharedArchiveFile=$archive.new" -cp "$jar" &&
            mv "$archive.new" "$archive"
    } >/dev/null 2>&1 </dev/null || true
}

# Those of the explorer, which runs until it is ended; whatever ends this shell ends it too.
# shellcheck disable=SC2086
classes_of_page() (
    rm -f "$root/target/page"
    "$java" $settings -Xshare:off "-XX:DumpLoadedClassList=$root/target/classes-of-page.txt" -cp "$jar" \
        sightline.app.Sightline explore --no-browser --port 0 >"$root/target/page" &
    page=$!
    trap 'kill "$page"; exit 130' INT TERM HUP
    waited=0
    until [ -s "$root/target/page" ] || [ "$waited" -ge 60 ] || ! kill -0 "$page"; do
        sleep 1
        waited=$((waited + 1))
    done
    kill "$page" || true
    wait "$page" || true
    [ -s "$root/target/classes-of-page.txt" ]
)
