# Sourced by ./canonbury, ./demo and ./test: what the machine must have, and the npm parts. All words go to stderr.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 3; }

need_sdk() {
    command -v dotnet >/dev/null || stop "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0 (dotnet must be on the PATH)."
    dotnet --version >/dev/null 2>&1 || stop "No .NET SDK here satisfies global.json: $(dotnet --list-sdks | tr '\n' ' '). Install the .NET 10 SDK."
}

need_node() {
    command -v node >/dev/null && command -v npm >/dev/null || stop "Node is missing (20 or newer, with npm): the pages' styles and charts come from npm. Debian: apt-get install nodejs npm"
    [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || stop "Node $(node --version) is too old: 20 or newer is needed."
}

# The npm packages of the folder $1. The lock file names versions and checksums; it is installed again only when it changed.
npm_parts() {
    local folder=$1
    [ -f "$folder/package-lock.json" ] || return 0
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return 0
    need_node
    say "Installing the npm packages of $folder ..."
    (cd "$folder" && npm ci --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error) >&2 || stop "npm ci failed in $folder: see above."
}

# Debian's package $1 for the command $2: installed when we may, named when we may not. Never stops.
debian_package() {
    local package=$1 found=$2
    eval "$found" >/dev/null 2>&1 && return 0
    local as=()
    if [ "$(id -u)" -ne 0 ]; then as=(sudo -n); fi
    if [ -z "${CANONBURY_NO_INSTALL:-}" ] && command -v apt-get >/dev/null && "${as[@]}" true 2>/dev/null; then
        say "Installing the Debian package $package ..."
        { "${as[@]}" apt-get update -q && DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get install -q -y --no-install-recommends "$package"; } >&2
    fi
    eval "$found" >/dev/null 2>&1 && return 0
    say "MISSING: $package. Install it with: sudo apt-get install $package"
    return 1
}
