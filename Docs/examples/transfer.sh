#!/bin/bash
# Sends and receives ZFS streams over the transfer socket of zfs-apid, with bash, socat and coreutils.
#
#     transfer.sh fetch PLACE < token > stream      the daemon sends
#     transfer.sh put PLACE < stream 3< token       the daemon receives
#
# PLACE is an address of socat: TCP:nas:9999, UNIX-CONNECT:/run/zfs-apid/transfer.sock.
set -euo pipefail
export LC_ALL=C

fail() { echo "transfer.sh: $1" >&2; exit 1; }

# The next COUNT bytes as hexadecimal digits; fewer at the end of the connection.
hexadecimal() { head -c "$1" <&"$from" | od -An -v -tx1 | tr -d ' \n'; }

# A message after its length.
message() {
  local length
  length=$(hexadecimal 4)
  [[ ${#length} == 8 ]] || fail 'the connection ended early'
  head -c "$((16#$length))" <&"$from"
}

# The token after its length.
say_token() {
  local size
  printf -v size '%08x' "${#token}"
  printf "\\x${size:0:2}\\x${size:2:2}\\x${size:4:2}\\x${size:6:2}%s" "$token"
}

expect() {
  [[ $2 == *"\"status\":\"$1\""* ]] || fail "$2"
}

fetch() {
  local length left piece
  say_token >&"$to"
  expect started "$(message)"
  while true; do
    length=$(hexadecimal 8)
    [[ ${#length} == 16 ]] || fail 'the connection ended early'
    [[ $length != 0000000000000000 ]] || return 0
    [[ $length != ffffffffffffffff ]] || fail "$(message)"
    left=$((16#$length))
    # head writes less only at the end of the connection; the next length is then missing.
    head -c "$left" <&"$from"
  done
}

put() {
  say_token >&"$to"
  expect started "$(message)"
  # The end of our side is the end of the stream. When the daemon wants no more, its answer says why.
  cat >&"$to" 2>/dev/null || true
  eval "exec $to>&-"
  expect completed "$(message)"
}

(($# == 2)) || fail 'usage: transfer.sh fetch|put PLACE'
case $1 in
  # The token may come without a line end.
  fetch) IFS= read -r token || [[ -n $token ]] ;;
  put) IFS= read -r token <&3 || [[ -n $token ]] ;;
  *) fail 'usage: transfer.sh fetch|put PLACE' ;;
esac
trap '' PIPE
# After we end our side, socat waits for the other as long as it takes.
coproc connection { exec socat -t 86400 - "$2" 3>&-; }
exec {from}<&"${connection[0]}" {to}>&"${connection[1]}"
eval "exec ${connection[0]}<&- ${connection[1]}>&-"
"$1"
