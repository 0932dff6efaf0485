# Runs a program as a shell does, in the foreground of its terminal, and tells the terminal in band
# (OSC 7777) what becomes of it: its process id, that it stopped or ended, and whether it left the
# terminal's modes as they were. A line typed while it is stopped brings it back.
set -m
before=$(stty -g)

tell() { printf '\e]7777;%s\a' "$*"; }
modes() { [ "$(stty -g)" = "$before" ] && echo kept || echo changed; }

sh -c 'printf "\e]7777;pid %s\a" $$; exec "$@"' job "$@"
status=$?
while [ -n "$(jobs -s)" ]; do
  tell stopped $status "$(modes)"
  read -r _
  fg >/dev/null
  status=$?
done
tell ended $status "$(modes)"
