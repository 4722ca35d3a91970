"""Tests as functions, reported in the lines that Swift Testing prints for its own."""
import re
import signal
import time
import traceback

import lab

_tests = []


class Failed(Exception):
    """An expectation that was not met."""


def test(name, limit=60):
    """Marks a test; after `limit` seconds it has failed."""

    def mark(function):
        _tests.append((name, limit, function))
        return function

    return mark


def expect(condition, message):
    if not condition:
        raise Failed(message() if callable(message) else message)


def equal(found, wanted, what):
    expect(found == wanted, lambda: f"{what}: {_short(found)} instead of {_short(wanted)}")


def eventually(seconds, condition, what):
    """Waits until the condition gives something true, and gives that back."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        expect(time.monotonic() < end, f"not within {seconds} s: {what}")
        time.sleep(0.05)


def run(pattern):
    failed = 0
    signal.signal(signal.SIGALRM, _too_late)
    for name, limit, function in _tests:
        if not re.search(pattern, name):
            continue
        trace, seconds = _try(limit, function)
        if trace:
            # The lab has one processor, and many tests have seconds for what takes a tenth: what fails fails twice.
            print(f'  Test "{name}" goes on after {seconds:.1f} seconds, once more.\n{trace}', flush=True)
            trace, seconds = _try(limit, function)
        if trace:
            failed = 1
            print(f'✘ Test "{name}" failed after {seconds:.1f} seconds.\n{trace}', flush=True)
        else:
            print(f'✔ Test "{name}" passed after {seconds:.1f} seconds.', flush=True)
    lab.daemon.stop()
    return failed


def _try(limit, function):
    """Runs a test and cleans up: what went wrong, or None, and the seconds."""
    trace = None
    start = time.monotonic()
    try:
        signal.alarm(limit)
        lab.daemon.settle()
        function()
        # Whatever was done, nothing of it is left.
        lab.daemon.expect_idle()
    except Exception:
        signal.alarm(0)
        trace = traceback.format_exc() + lab.daemon.log_tail()
    finally:
        signal.alarm(0)
    seconds = time.monotonic() - start
    lab.clean()
    return trace, seconds


def _too_late(*_):
    raise Failed("the time of the test is over")


def _short(value):
    text = repr(value)
    return text if len(text) < 600 else text[:600] + "..."
