# What gpu-check needs beside a build, put together where Maven is. Read by gpu-check, in a checkout.

# $1 a folder that gets gpu-check and check/:
#   check/lib      what runs JUnit tests without Maven
#   check/classes  the compiled tests, and the reference's numbers in golden/
#   check/demo     the demo's checkpoint, its pictures and questions of one style, and what this machine's CPU made of them
pack() {
    check_build_tools
    [ ! -e "$1/check" ] || fail "$1/check is already there" 'name a new folder, or delete it'
    new=$(mktemp -d)
    trap 'rm -rf "$new"' EXIT
    trap 'exit 130' INT TERM HUP
    echo 'gpu-check: building, and compiling the tests' >&2
    { run_maven -q -DskipTests package && run_maven -q -pl app dependency:copy@gpu-check; } >&2 ||
        fail "the build failed; Maven's output is above"

    mkdir -p "$new/check/classes/sightline"
    cp -R "$root/app/target/gpu-check" "$new/check/lib"
    cp -R "$root/engine/target/test-classes/." "$new/check/classes"
    cp -R "$root/app/target/test-classes/sightline/measure" "$new/check/classes/sightline"

    echo "gpu-check: running the demo on the CPU, to compare with; about a minute" >&2
    SIGHTLINE_CUDA=no "$root/sightline" demo --samples "$samples" --out "$new/all" >"$new/demo.log" 2>&1 ||
        { cat "$new/demo.log" >&2; fail 'the demo failed; its output is above'; }
    mkdir -p "$new/check/demo/data"
    cp -R "$new/all/checkpoint" "$new/check/demo"
    cp -R "$new/all/data/$style" "$new/check/demo/data"
    cp "$new/all/studies/$style/answers.json" "$new/all/report/curves.csv" "$new/check/demo"

    mkdir -p "$1"
    cp "$self" "$1/gpu-check.new" && mv "$1/gpu-check.new" "$1/gpu-check"
    mv "$new/check" "$1/check"
    rm -rf "$new"
    trap - EXIT INT TERM HUP
}
