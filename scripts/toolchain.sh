# Finds the JDK and Maven, and says how to install what is missing. Read by the scripts at the root, which set
#   program       the name before each message
#   root          the checkout
#   needs_build   a function: whether a build is due, so that Maven too is needed

least_java=17

fail() {
    printf "$program: %s\n" "$@" >&2
    exit 1
}

# Nothing where no package manager is known. $1 whether a JDK is missing, $2 Maven, $3 a browser; each yes or no
install_command() {
    as_root='sudo '
    [ "$(id -u)" -ne 0 ] || as_root=
    jdk='' maven='' browser=''
    [ "$2" = no ] || maven=' maven'
    [ "$3" = no ] || browser=' chromium'
    if command -v apt-get >/dev/null 2>&1; then
        # A release may have dropped 17 for a newer one, and Ubuntu has no Chromium but a snap, which the tests cannot use.
        [ "$1" = no ] || jdk=" $(first_package openjdk-17-jdk-headless default-jdk-headless)"
        [ "$3" = no ] || browser=" $(first_package chromium-headless-shell chromium)"
        [ "$browser" != ' ' ] || return 0
        echo "${as_root}apt-get install -y$jdk$maven$browser"
    elif command -v dnf >/dev/null 2>&1; then
        [ "$1" = no ] || jdk=' java-17-openjdk-devel'
        echo "${as_root}dnf install -y$jdk$maven$browser"
    elif command -v yum >/dev/null 2>&1; then
        [ "$1" = no ] || jdk=' java-17-openjdk-devel'
        echo "${as_root}yum install -y$jdk$maven$browser"
    elif command -v zypper >/dev/null 2>&1; then
        [ "$1" = no ] || jdk=' java-17-openjdk-devel'
        echo "${as_root}zypper install -y$jdk$maven$browser"
    elif command -v pacman >/dev/null 2>&1; then
        [ "$1" = no ] || jdk=' jdk17-openjdk'
        echo "${as_root}pacman -S --needed$jdk$maven$browser"
    elif command -v apk >/dev/null 2>&1; then
        [ "$1" = no ] || jdk=' openjdk17-jdk'
        echo "${as_root}apk add$jdk$maven$browser"
    elif command -v brew >/dev/null 2>&1; then
        [ "$1" = no ] || jdk=' openjdk@17'
        [ "$3" = no ] || browser=' google-chrome'
        echo "brew install$jdk$maven$browser"
    fi
}

# The first of the named packages that apt knows.
first_package() {
    command -v apt-cache >/dev/null 2>&1 || { echo "$1"; return 0; }
    for name in "$@"; do
        if [ -n "$(apt-cache show "$name" 2>/dev/null | head -n 1)" ]; then
            echo "$name"
            return 0
        fi
    done
    case $name in *jdk*) echo "$name" ;; esac
}

missing() { # $1 what is wrong, $2 whether a JDK is missing, $3 whether Maven is
    advice=$(install_command "$2" "$3" no)
    if [ -n "$advice" ]; then
        fail "$1" "install it with:  $advice"
    fi
    fail "$1" "install a JDK $least_java or newer (for example from adoptium.net) and Maven 3.8 or newer (maven.apache.org)"
}

maven_missing() {
    if needs_build && ! command -v mvn >/dev/null 2>&1; then echo yes; else echo no; fi
}

# Sets java, and from: where it was found.
find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        from="JAVA_HOME ($JAVA_HOME)"
        [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it" \
            "set JAVA_HOME to a JDK $least_java or newer, or unset it to use the java on the PATH"
        return
    fi
    # On macOS, /usr/bin/java is there without any Java behind it.
    if [ "$(uname -s)" = Darwin ] && home=$(/usr/libexec/java_home -v "$least_java+" 2>/dev/null); then
        java=$home/bin/java
    else
        java=$(command -v java 2>/dev/null) || missing "there is no java on the PATH, and JAVA_HOME is not set" yes "$(maven_missing)"
    fi
    from=$java
}

# The version from the JDK's own release file, which takes no time; from java itself where there is none.
java_version() {
    real=$java
    while [ -L "$real" ]; do
        target=$(readlink "$real")
        case $target in
            /*) real=$target ;;
            *) real=$(dirname "$real")/$target ;;
        esac
    done
    release=$(dirname "$(dirname "$real")")/release
    version=
    if [ -f "$release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$release")
    fi
    if [ -z "$version" ]; then
        version=$("$java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)
    fi
    major=${version#1.}
    major=${major%%[!0-9]*}
}

check_java() {
    find_java
    java_version
    [ -n "$major" ] || fail "$from does not say its version" "set JAVA_HOME to a JDK $least_java or newer"
    if [ "$major" -lt "$least_java" ]; then
        missing "$from is Java $version, but Sightline needs $least_java or newer" yes "$(maven_missing)"
    fi
}

# After check_java.
check_build_tools() {
    if [ ! -x "$(dirname "$real")/javac" ] && [ ! -x "$(dirname "$java")/javac" ]; then
        missing "$from is a Java runtime without the compiler (javac), and Sightline must be built first" yes "$(maven_missing)"
    fi
    command -v mvn >/dev/null 2>&1 || missing "there is no mvn (Maven) on the PATH, and Sightline must be built first" no yes
}

# Maven reads MAVEN_ARGS itself only from version 3.9 on.
run_maven() {
    # shellcheck disable=SC2086
    (cd "$root" && args=${MAVEN_ARGS:-} && MAVEN_ARGS='' && export MAVEN_ARGS && mvn -B $args "$@")
}
