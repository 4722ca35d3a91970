# zfs-apid.yaml(5) from the tables of Docs/configuration.md:  awk -f configuration-man.awk configuration.md
function roff(text) {
  gsub(/\\/, "\\e", text); gsub(/-/, "\\-", text)
  gsub(/\[[^]]*\]\([^)]*\)/, "\\&&", text)
  while (match(text, /`[^`]+`/))
    text = substr(text, 1, RSTART - 1) "\\fB" substr(text, RSTART + 1, RLENGTH - 2) "\\fR" substr(text, RSTART + RLENGTH)
  sub(/^[.']/, "\\\\\\&&", text)
  return text
}
function trimmed(text) { gsub(/^ +| +$/, "", text); return text }
BEGIN {
  FS = "|"
  print ".TH ZFS\\-APID.YAML 5 \"\" \"zfs\\-apid\" \"File formats\""
  print ".SH NAME\nzfs\\-apid.yaml \\- configuration of zfs\\-apid(8)"
  print ".SH SYNOPSIS\n.I /etc/zfs\\-apid/config.yaml"
  print ".SH DESCRIPTION\nA YAML file; the daemon runs without it, too. Numbers are whole and plain, not in quotes. Paths are absolute."
  print "Environment variables win over the file, and flags of"
  print ".B zfs\\-apid serve\nover both. An unknown key, or one that is given twice, is an error.\n.PP"
  print "A key with dots is one in nested sections:\n.PP\n.nf\n.RS\nserver:\n  http:\n    port: 8545\n.RE\n.fi"
  print ".SH KEYS"
}
# A row of the table of keys has five cells, one of the table of the environment three.
/^\| `[a-z]/ && NF == 7 {
  key = trimmed($2); meaning = trimmed($3); default_ = trimmed($4); range = trimmed($5); change = trimmed($6)
  printf ".TP\n%s\n%s%s. Default: %s. Values: %s. A change counts at the next %s.\n", roff(key), \
    toupper(substr(meaning, 1, 1)), roff(substr(meaning, 2)), roff(default_), roff(range), change
  keys++
}
/^\| `[A-Z_]+`/ && NF == 5 {
  flag = trimmed($3)
  variables = variables ".TP\n" roff(trimmed($2)) "\nSets " roff(trimmed($4)) (flag == "" ? "" : ", as the flag " roff(flag) " does") ".\n"
}
END {
  if (keys == 0 || variables == "") { print "no tables found" >"/dev/stderr"; exit 1 }
  printf ".SH ENVIRONMENT\nAn empty variable counts as not set.\n%s", variables
  print ".SH SEE ALSO\n.BR zfs\\-apid (8)"
}
