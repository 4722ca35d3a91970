"""A tree sent over each way and received under another pool is the same tree."""
import lab
import trees
import ways
from report import equal, expect, test

COPY = "b/copy"


def compare(until):
    equal(trees.guids(COPY, until), trees.guids(trees.SOURCE, until), "GUIDs")


def compare_all():
    compare(None)
    equal(trees.properties(COPY), trees.properties(trees.SOURCE), "properties")
    equal(trees.contents(COPY), trees.contents(trees.SOURCE), "contents")


def round_trip(way):
    trees.make()
    for snapshot, options in ((trees.FIRST, {}), (trees.LAST, {"from_snapshot": trees.FIRST})):
        source = way.download(trees.SOURCE, snapshot, recursive=True, **options)
        target = way.upload(COPY)
        moved = ways.relay(source, target)
        answer = target.finish()
        source.close()
        count = answer.get("bytes", answer.get("bytes_received"))
        equal(count, moved, "bytes that the server counted")
        new = {name.rsplit("@")[1] for name in answer["snapshots"]}
        expect(snapshot in new, f"the answer names {answer['snapshots']}")
        compare(trees.FIRST)
    compare_all()


def file_round_trip(compression):
    trees.make()
    for snapshot, options in ((trees.FIRST, {}), (trees.LAST, {"from_snapshot": trees.FIRST})):
        file = f"{lab.FILES}/{snapshot}"
        sent = lab.daemon.call(
            "send_to_file", dataset=trees.SOURCE, snapshot=snapshot, output_file=file, recursive=True,
            compression=compression, **options)
        file = sent["output_file"]
        equal(lab.sh("sha256sum", file).split()[0], sent["sha256"], "digest of the file")
        equal(int(lab.sh("stat", "-c", "%s", file)), sent["size_bytes"], "size of the file")
        received = lab.daemon.call("receive_from_file", input_file=file, target_dataset=COPY)
        equal(received["compressed"], compression != "none", "compressed")
        compare(trees.FIRST)
    compare_all()


for _way in ways.ALL:
    test(f"a tree and its increment go over {_way.name} and are the same", 600)(lambda way=_way: round_trip(way))

for _compression in ("none", "gzip", "zstd", "lz4"):
    test(f"a tree and its increment go through a file with compression {_compression}", 900)(
        lambda compression=_compression: file_round_trip(compression))


@test("an estimate is near the stream, for full, incremental and recursive ones")
def _():
    trees.make()
    for options in ({"recursive": True}, {"recursive": False}, {"recursive": True, "from_snapshot": trees.FIRST}):
        estimate = lab.daemon.call("send_estimate", dataset=trees.SOURCE, snapshot=trees.LAST, **options)
        real = len(ways.whole(ways.UNIX.download(trees.SOURCE, trees.LAST, **options)))
        size = estimate["size_bytes"]
        expect(0.8 * real - 100_000 < size < 1.2 * real + 100_000, f"{size} estimated, {real} sent, {options}")
        equal(estimate["type"], "incremental" if "from_snapshot" in options else "full", "type")
    equal(estimate["flags"]["raw"], True, "raw, for the encrypted child")


@test("an encrypted child is sent raw, and nobody without the key can read it at the other side")
def _():
    trees.make()
    source = ways.TCP.download(f"{trees.SOURCE}/secret", trees.LAST)
    target = ways.TCP.upload("b/secret")
    ways.relay(source, target)
    target.finish()
    source.close()
    equal(lab.property("b/secret", "keystatus"), "unavailable", "keystatus")
    equal(lab.property("b/secret", "mounted"), "no", "mounted")
