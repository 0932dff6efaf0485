# Runs a program as a shell does, in the foreground of its terminal, and tells the terminal in band
# (OSC 7777) what becomes of it: its process id, that it stopped or ended, and whether it left the
# terminal's modes as they were. A line typed while it is stopped brings it back.
set -m
# Otherwise bash ends with a program that SIGINT ended, as an interactive shell would not.
trap : INT
before=$(stty -g)

tell() { printf '\e]7777;%s\a' "$*"; }
modes() { [ "$(stty -g)" = "$before" ] && echo kept || echo changed; }

# Not a loop: bash leaves a loop when a program stops in it.
after() {
  # The statuses of the stopping signals, on Linux and macOS.
  if [ "$1" -lt 145 ] || [ "$1" -gt 150 ]; then
    tell ended "$1" "$(modes)"
    return
  fi
  tell stopped "$1" "$(modes)"
  # As an interactive shell: the modes it had are its own again.
  stty "$before"
  read -r how
  if [ "$how" = bg ]; then
    bg >/dev/null
    wait %1 2>/dev/null
  else
    fg >/dev/null
  fi
  after $?
}

job() { sh -c 'printf "\e]7777;pid %s\a" $$; exec "$@"' job "$@"; }

# In the background, as with `&`, when asked: it stops as soon as it wants the terminal.
if [ -n "$IN_BACKGROUND" ]; then
  job "$@" &
  wait $! 2>/dev/null
else
  job "$@"
fi
after $?
