-- Channel program: a snapshot of every child of bench. One dataset takes one snapshot a transaction group.
local words = ...
for child in zfs.list.children("bench") do
    zfs.sync.snapshot(child .. "@" .. words["argv"][1])
end
