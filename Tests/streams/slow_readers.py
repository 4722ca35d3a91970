"""Readers that are slow, beside one that is not."""
import threading
import time

import lab
import ways
from report import expect, test

SOURCE = "a/slow"


def seconds(way):
    start = time.monotonic()
    ways.whole(way.download(SOURCE))
    return time.monotonic() - start


@test("a reader that pauses for longer than TCP waits by itself gets the rest of its stream", 180)
def _():
    lab.snapshot(SOURCE, 48)
    wanted = ways.whole(ways.TCP.download(SOURCE))
    downloads = [way.download(SOURCE) for way in (ways.TCP, ways.HTTP)]
    begun = [download.read(1000) for download in downloads]
    time.sleep(75)
    for first, download in zip(begun, downloads):
        expect(first + ways.whole(download) == wanted, "it is another stream")


@test("fifty readers at 1 KiB/s neither slow down another stream nor fill the memory", 180)
def _():
    lab.snapshot(SOURCE, 32)
    alone = min(seconds(ways.TCP) for _ in range(3))
    memory = lab.daemon.memory()
    slow = [ways.ALL[index % 5].download(SOURCE) for index in range(50)]
    stop = threading.Event()
    failures = []

    def drip():
        while not stop.is_set():
            for download in slow:
                try:
                    if not download.read(50):
                        failures.append("the end")
                except Exception as error:
                    failures.append(repr(error))
            stop.wait(0.05)

    reader = threading.Thread(target=drip)
    reader.start()
    time.sleep(2)
    # The best of three: the slow readers take their turns in this very process.
    beside = {way.name: min(seconds(way) for _ in range(3)) for way in (ways.TCP, ways.UNIX, ways.HTTP)}
    calls = []
    for _ in range(10):
        start = time.monotonic()
        lab.daemon.get("/health")
        calls.append(time.monotonic() - start)
    grown = lab.daemon.memory() - memory
    stop.set()
    reader.join()
    for download in slow:
        download.reset()
    expect(not failures, f"{failures[:3]}")
    expect(grown < 50 * 1024, f"{grown} KB for 50 streams")
    expect(max(beside.values()) < 4 * alone + 1.5, f"alone {alone:.2f} s, beside slow ones {beside}")
    expect(max(calls) < 1, f"/health took {max(calls):.2f} s")
