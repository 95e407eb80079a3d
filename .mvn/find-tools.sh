# shellcheck shell=bash
# Finds the two things the build stands on: a JDK 25 and a Maven. Sourced by ./rig and ./mvnw, so that both agree.
# What is missing is installed with apt where that needs no password; otherwise one line says what to do.

JDK_VERSION_MIN=25
MAVEN_VERSION_MIN=3.8.7
EXIT_NO_JDK=4
EXIT_NO_TOOL=7
RIG_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/conductor-e

say() { printf '%s\n' "$*" >&2; }

die() { # die STATUS SENTENCE
  say "rig: $2"
  exit "$1"
}

# Sets JAVA_HOME and MVN, both exported; ends the program with one line when one cannot be had.
ensure_jdk() {
  find_jdk && return
  apt_install_first_of openjdk-25-jdk-headless temurin-25-jdk && find_jdk && return
  die $EXIT_NO_JDK "no JDK $JDK_VERSION_MIN or newer found; install one (for example Temurin 25) or set JAVA_HOME to it"
}

ensure_maven() {
  find_maven && return
  apt_install maven && find_maven && return
  die $EXIT_NO_TOOL "no Maven $MAVEN_VERSION_MIN or newer found; install it, or unpack Apache Maven as $RIG_CACHE/maven"
}

# JAVA_HOME and the java on PATH are somebody's choice, so they win; among the rest the oldest that will do: it is the
# one the build is tested on.
find_jdk() {
  local home major best='' best_major=999
  while IFS= read -r home; do
    if is_jdk "$home" "$JDK_VERSION_MIN"; then
      export JAVA_HOME=$home
      return 0
    fi
  done < <(chosen_java_homes)
  while IFS= read -r home; do
    is_jdk "$home" "$JDK_VERSION_MIN" || continue
    major=$(jdk_major "$home")
    if [ "$major" -lt "$best_major" ]; then best=$home best_major=$major; fi
  done < <(installed_java_homes)
  [ -n "$best" ] || return 1
  export JAVA_HOME=$best
}

chosen_java_homes() {
  local java
  printf '%s\n' "${JAVA_HOME:-}"
  java=$(command -v java) && java=$(readlink -f "$java") && printf '%s\n' "${java%/bin/java}"
}

# RIG_JDK_DIRS (a list with colons) replaces the usual folders.
installed_java_homes() {
  local dir
  if [ -n "${RIG_JDK_DIRS:-}" ]; then
    while IFS= read -r dir; do printf '%s\n' "$dir" "$dir"/*; done < <(printf '%s\n' "$RIG_JDK_DIRS" | tr ':' '\n')
    return
  fi
  for dir in /usr/lib/jvm/* /usr/java/* /opt/java /opt/java/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    printf '%s\n' "$dir"
  done
  if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v "$JDK_VERSION_MIN+" 2>/dev/null || true; fi
}

is_jdk() { # is_jdk HOME VERSION_MIN
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ "$(jdk_major "$1")" -ge "$2" ]
}

jdk_major() { # prints the feature version of the JDK at HOME, 0 when it does not say
  local major
  major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  [ -n "$major" ] || major=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  printf '%s' "${major:-0}"
}

find_maven() {
  local mvn
  for mvn in "$(command -v mvn)" "$RIG_CACHE/maven/bin/mvn" "$HOME"/.m2/wrapper/dists/*/*/bin/mvn "$HOME"/.m2/wrapper/dists/*/*/*/bin/mvn; do
    if [ -x "$mvn" ] && version_at_least "$MAVEN_VERSION_MIN" "$(maven_version "$mvn")"; then
      export MVN=$mvn
      return 0
    fi
  done
  return 1
}

maven_version() { # asked in / so that no project's .mvn/jvm.config is read
  (cd / && "$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)
}

version_at_least() { # version_at_least MIN VERSION
  [ -n "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]
}

# Installs Debian packages when that needs no password. RIG_NO_APT=1 forbids it.
apt_install() {
  local began=$SECONDS
  apt_usable || return 1
  say "installing $* with apt ..."
  apt_get install "$@" || { apt_get update && apt_get install "$@"; } || return 1
  say "installed $* in $((SECONDS - began)) s"
}

apt_install_first_of() {
  local package
  apt_usable || return 1
  for package in "$@"; do apt_knows "$package" && apt_install "$package" && return 0; done
  apt_get update || return 1
  for package in "$@"; do apt_knows "$package" && apt_install "$package" && return 0; done
  return 1
}

apt_knows() { [ -n "$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *\([^(]*\)$/\1/p')" ]; }

apt_usable() {
  [ -z "${RIG_NO_APT:-}" ] && command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

apt_get() {
  local as_root=() options=(-qq -o DPkg::Lock::Timeout=300)
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  if [ "$1" = install ]; then options+=(-y --no-install-recommends); fi
  ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" "$@" >/dev/null 2>&1
}
