# shellcheck shell=bash
# Finds out what is missing on this machine and installs it with apt, or says what to install where there is no apt.
# Needs common.sh.

# One row for each need: group, probe, and the package that brings it on Debian/Ubuntu, Fedora, Arch, Alpine, macOS.
# A probe is a command, a header below an include folder, or a file on Debian. Groups: build, test, check, simdjson.
package_table() {
    cat <<'TABLE'
build|cmd:c++|g++|gcc-c++|gcc|g++|llvm
build|cmd:cmake|cmake|cmake|cmake|cmake|cmake
build|cmd:ninja|ninja-build|ninja-build|ninja|samurai|ninja
build|cmd:pkg-config|pkg-config|pkgconf-pkg-config|pkgconf|pkgconf|pkgconf
build|header:curl/curl.h|libcurl4-openssl-dev|libcurl-devel|curl|curl-dev|curl
build|header:openssl/ssl.h|libssl-dev|openssl-devel|openssl|openssl-dev|openssl@3
build|header:nlohmann/json.hpp|nlohmann-json3-dev|json-devel|nlohmann-json|nlohmann-json|nlohmann-json
build|header:httplib.h|libcpp-httplib-dev|cpp-httplib-devel|cpp-httplib|cpp-httplib|cpp-httplib
build|header:CLI/CLI.hpp|libcli11-dev|cli11-devel|cli11|cli11|cli11
test|header:boost/beast.hpp|libboost-dev|boost-devel|boost|boost-dev|boost
test|header:gtest/gtest.h|libgtest-dev|gtest-devel|gtest|gtest-dev|googletest
test|header:gmock/gmock.h|libgmock-dev|gmock-devel|gtest|gtest-dev|googletest
test|header:asio.hpp|libasio-dev|asio-devel|asio|asio-dev|asio
test|header:zlib.h|zlib1g-dev|zlib-devel|zlib|zlib-dev|zlib
test|header:benchmark/benchmark.h|libbenchmark-dev|google-benchmark-devel|benchmark|benchmark-dev|google-benchmark
test|cmd:nginx|nginx-light|nginx-core|nginx|nginx|nginx
test|glob:/usr/bin/tinyproxy|tinyproxy-bin|tinyproxy|tinyproxy|tinyproxy|tinyproxy
test|glob:/bin/ip|iproute2|iproute|iproute2|iproute2|iproute2mac
test|glob:/usr/share/i18n/locales/de_DE|locales|glibc-locale-source|glibc|musl-locales|gettext
test|cmd:ccache|ccache|ccache|ccache|ccache|ccache
check|cmd:clang++|clang|clang|clang|clang|llvm
check|cmd:clang-tidy|clang-tidy|clang-tools-extra|clang|clang-extra-tools|llvm
check|cmd:valgrind|valgrind|valgrind|valgrind|valgrind|valgrind
check|cmd:clang-format|clang-format|clang-tools-extra|clang|clang-extra-tools|clang-format
check|glob:/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.tsan-*.a|libclang-rt-dev|compiler-rt|compiler-rt|compiler-rt|llvm
check|cmd:shellcheck|shellcheck|ShellCheck|shellcheck|shellcheck|shellcheck
simdjson|header:simdjson.h|libsimdjson-dev|simdjson-devel|simdjson|simdjson-dev|simdjson
TABLE
}

# Is the need met that a probe describes?
probe() {
    local what=${1#*:} folder
    case $1 in
        cmd:nginx) have nginx || [ -x /usr/sbin/nginx ] ;;
        cmd:*) have "$what" ;;
        header:*)
            for folder in /usr/include /usr/include/*-linux-* /usr/local/include /opt/homebrew/include \
                /opt/homebrew/opt/*/include /usr/local/opt/*/include "${CMAKE_PREFIX_PATH:-/usr}/include"; do
                if [ -e "$folder/$what" ]; then
                    return 0
                fi
            done
            return 1
            ;;
        glob:*)
            # Demanded on Debian only. Elsewhere the compiler brings its run-time libraries itself, and tests do without
            # the rest and say so.
            [ ! -e /etc/debian_version ] || compgen -G "$what" >/dev/null
            ;;
    esac
}

# Packages that are missing for the given groups, as they are called by the given package manager.
missing_packages() {
    local manager=$1 group need debian fedora arch alpine brew
    shift
    while IFS='|' read -r group need debian fedora arch alpine brew; do
        case " $* " in *" $group "*) ;; *) continue ;; esac
        if probe "$need"; then
            continue
        fi
        case $manager in
            apt) echo "$debian" ;;
            dnf) echo "$fedora" ;;
            pacman) echo "$arch" ;;
            apk) echo "$alpine" ;;
            brew) echo "$brew" ;;
        esac
    done < <(package_table) | sort -u | tr '\n' ' ' | sed 's/ $//'
}

# Runs a command as root, with sudo when we are somebody else. Without a terminal sudo must not ask for a password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env "$@"
    elif [ -t 0 ]; then
        sudo env "$@"
    else
        sudo -n env "$@"
    fi
}

apt_get() {
    local variable settings=(DEBIAN_FRONTEND=noninteractive)
    for variable in http_proxy https_proxy no_proxy; do
        if [ -n "${!variable:-}" ]; then
            settings+=("$variable=${!variable}")
        fi
    done
    as_root "${settings[@]}" apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}

# Where apt is absent we do not guess: each system's own list, for a person to install.
explain_packages() {
    say "These are missing here and have to be installed first. The commands for some systems:"
    say "  Debian, Ubuntu:  apt-get install $(missing_packages apt "$@")"
    say "  Fedora:          dnf install $(missing_packages dnf "$@")"
    say "  Arch:            pacman -S $(missing_packages pacman "$@")"
    say "  Alpine:          apk add $(missing_packages apk "$@")"
    say "  macOS:           brew install $(missing_packages brew "$@")"
}

# Makes sure that everything of the given groups is there. Says nothing when it is.
require_packages() {
    local missing names
    missing=$(missing_packages apt "$@")
    if [ -n "$missing" ]; then
        if ! have apt-get; then
            explain_packages "$@" >&2
            die "cannot install packages by itself on this system"
        fi
        if [ "$(id -u)" -ne 0 ] && ! have sudo; then
            explain_packages "$@" >&2
            die "cannot install packages: neither root nor sudo"
        fi
        say "Installing: $missing"
        read -r -a names <<<"$missing"
        quietly apt_get update ||
            die "cannot install packages: apt-get update failed (it needs root, or sudo without a password, and a network)"
        quietly apt_get install -y --no-install-recommends "${names[@]}" ||
            die "could not install: $missing"
        missing=$(missing_packages apt "$@")
        if [ -n "$missing" ]; then
            die "still missing after the installation: $missing"
        fi
    fi
    require_cmake 3 25
}

require_cmake() {
    local version major minor
    version=$(cmake --version | sed -n 's/^cmake version \([0-9.]*\).*/\1/p')
    IFS=. read -r major minor _ <<<"$version"
    if [ "$major" -lt "$1" ] || { [ "$major" -eq "$1" ] && [ "$minor" -lt "$2" ]; }; then
        die "needs CMake $1.$2 or newer, but this system's is $version: install a newer one (https://cmake.org/download)"
    fi
}
