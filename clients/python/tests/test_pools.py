"""Both clients on real pools."""
import asyncio
import io
import itertools
import os
import signal
import threading
import unittest
from collections.abc import Iterator

import certificates
import lab
from daemon import Daemon

import zfsapi
from zfsapi import AsyncClient, Client


@lab.in_lab
class PoolTests(unittest.TestCase):
    running: Daemon
    client: Client
    numbers = itertools.count()

    @classmethod
    def setUpClass(cls) -> None:
        lab.prepare()
        lab.fill("tank/home", 24)
        cls.running = cls.enterClassContext(Daemon("files: {roots: [/tank]}\n"))
        cls.client = cls.enterClassContext(Client(cls.running.address))

    def target(self) -> str:
        """A dataset that is not there yet."""
        return f"backup/copy{next(self.numbers)}"

    def ways(self) -> tuple[str, str, str]:
        """All that streams can go over."""
        return "http", self.running.tcp, "unix"

    def expect_copy(self, target: str, received: zfsapi.Received) -> None:
        self.assertEqual(lab.guid(f"{target}@monday"), lab.guid("tank/home@monday"))
        self.assertEqual(received["snapshots"], [f"{target}@monday"])
        self.assertGreater(received["bytes"], 24 << 20)
        lab.sh("zfs", "destroy", "-r", target)

    def test_datasets_are_made_listed_changed_and_destroyed(self) -> None:
        client = self.client
        self.assertEqual(client.system_info()["openzfs"]["userland"][:2], "2.")
        client.dataset_create("tank/new/below", parents=True, properties={"compression": "zstd"})
        self.assertEqual(client.dataset_list("tank/new")["datasets"], ["tank/new", "tank/new/below"])
        entries = client.dataset_list("tank/new", depth=1, properties=["compression"], types=["filesystem"])["entries"]
        self.assertEqual(entries[1]["properties"]["compression"], "zstd")
        with self.assertRaises(zfsapi.OperationFailed) as caught:
            client.dataset_destroy("tank/new")
        self.assertEqual(caught.exception.reason, "has_children")
        self.assertEqual(caught.exception.details["names"], ["tank/new/below"])
        self.assertTrue(client.dataset_destroy("tank/new", recursive=True)["destroyed"])
        with self.assertRaises(zfsapi.NotFound):
            client.dataset_get_space("tank/new")
        self.assertEqual({pool["name"] for pool in client.pool_list()["entries"]}, {"tank", "backup"})

    def test_snapshots_are_made_held_and_compared(self) -> None:
        client = self.client
        client.dataset_create("tank/snaps")
        client.snapshot_create("tank/snaps", "one")
        with open("/tank/snaps/file", "w") as file:
            file.write("new")
        client.snapshot_create("tank/snaps", "two")
        self.assertEqual(client.snapshot_list("tank/snaps")["snapshots"], ["one", "two"])
        changes = client.snapshot_diff("tank/snaps@one", snapshot2="tank/snaps@two")
        self.assertEqual([change["path"] for change in changes["changes"]["new"]], ["/tank/snaps/file"])
        client.snapshot_hold("tank/snaps", "two", "keep")
        with self.assertRaises(zfsapi.OperationFailed) as caught:
            client.snapshot_destroy("tank/snaps", "two")
        self.assertEqual((caught.exception.code, caught.exception.reason), (-32030, "held"))
        with self.assertRaises(zfsapi.Conflict) as conflict:
            client.snapshot_rollback("tank/snaps", "one")
        self.assertEqual(conflict.exception.details["names"], ["tank/snaps@two"])
        client.snapshot_release("tank/snaps", "two", "keep")
        client.dataset_destroy("tank/snaps", recursive=True)

    def test_streams_go_every_way_and_keep_their_guid(self) -> None:
        for over in self.ways():
            with self.subTest(over=over):
                target = self.target()
                with self.client.send("tank/home", "monday", over=over) as stream:
                    received = self.client.receive(stream, target, over=over)
                self.expect_copy(target, received)

    def test_streams_go_every_way_in_an_event_loop(self) -> None:
        async def copy(over: str, target: str) -> zfsapi.Received:
            async with AsyncClient(self.running.address) as client:
                async with client.send("tank/home", "monday", over=over, native_compressed=False) as stream:
                    return await client.receive(stream, target, over=over)

        for over in self.ways():
            with self.subTest(over=over):
                target = self.target()
                self.expect_copy(target, asyncio.run(copy(over, target)))

    def test_streams_go_through_files_and_increments_follow(self) -> None:
        target, stream = self.target(), io.BytesIO()
        lab.fill("tank/inc", 1)
        with self.client.send("tank/inc", "monday") as source:
            self.assertEqual(source.copy_to(stream), len(stream.getvalue()))
        stream.seek(0)
        self.client.receive(stream, target)
        self.client.snapshot_create("tank/inc", "tuesday")
        with self.client.send("tank/inc", "tuesday", from_snapshot="monday") as source:
            self.client.receive(source, target)
        self.assertEqual(lab.guid(f"{target}@tuesday"), lab.guid("tank/inc@tuesday"))

        async def fetch() -> int:
            async with AsyncClient(self.running.address) as client, client.send("tank/inc", "monday") as source:
                with open("/tank/stream", "wb", buffering=0) as file:
                    return await source.copy_to(file)

        self.assertEqual(asyncio.run(fetch()), os.path.getsize("/tank/stream"))
        self.assertEqual(os.path.getsize("/tank/stream"), len(stream.getvalue()))

    def test_streams_go_over_tls(self) -> None:
        with certificates.daemon() as (running, ca_file), Client(running.address, ca_file=ca_file) as client:
            for over in ("http", running.tcp):
                with self.subTest(over=over):
                    target = self.target()
                    with client.send("tank/home", "monday", over=over) as stream:
                        self.expect_copy(target, client.receive(stream, target, over=over))

            async def copy(target: str) -> zfsapi.Received:
                async with AsyncClient(running.address, ca_file=ca_file) as client:
                    async with client.send("tank/home", "monday", over=running.tcp) as stream:
                        return await client.receive(stream, target, over=running.tcp)

            target = self.target()
            self.expect_copy(target, asyncio.run(copy(target)))

    def test_a_send_that_dies_is_never_whole(self) -> None:
        for over in self.ways():
            with self.subTest(over=over), self.assertRaises(zfsapi.ZFSAPIError) as caught:
                with self.client.send("tank/home", "monday", over=over) as stream:
                    pieces = iter(stream)
                    next(pieces)
                    for process in lab.transfers():
                        os.kill(int(process), signal.SIGKILL)
                    for _ in pieces:
                        pass
            self.assertIsInstance(caught.exception, zfsapi.StreamCut if over == "http" else zfsapi.ZFSAPIError)

    def test_a_daemon_that_dies_cuts_streams_both_ways(self) -> None:
        with Daemon() as running, Client(running.address) as client:
            for way in ("http", "tcp", "unix"):
                with self.subTest(way=way):
                    over = running.tcp if way == "tcp" else way
                    with self.assertRaises(zfsapi.StreamCut), client.send("tank/home", "monday", over=over) as stream:
                        for number, _ in enumerate(stream):
                            if number == 1:
                                running.stop(signal.SIGKILL)
                    running.start()
                    over = running.tcp if way == "tcp" else way

                    def source() -> Iterator[bytes]:
                        with self.client.send("tank/home", "monday") as stream:
                            for number, piece in enumerate(stream):
                                yield piece
                                if number == 20:
                                    running.stop(signal.SIGKILL)

                    target = self.target()
                    with self.assertRaises(zfsapi.StreamCut):
                        client.receive(source(), target, over=over)
                    running.start()
                    lab.eventually(lambda: not lab.transfers(), "zfs has ended")
                    self.assertFalse(lab.exists(f"{target}@monday"))

    def test_a_source_that_fails_leaves_nothing(self) -> None:
        def source() -> Iterator[bytes]:
            with self.client.send("tank/home", "monday") as stream:
                yield from itertools.islice(stream, 3)
            raise KeyError("the source is at fault")

        for over in self.ways():
            with self.subTest(over=over):
                target = self.target()
                with self.assertRaises(KeyError):
                    self.client.receive(source(), target, over=over)
                lab.eventually(lambda: not lab.transfers(), "zfs has ended")
                self.assertFalse(lab.exists(target))

    def test_a_receive_that_broke_off_goes_on(self) -> None:
        for over in self.ways():
            with self.subTest(over=over):
                target = self.target()
                with self.client.send("tank/home", "monday") as stream:
                    whole = b"".join(stream)
                with self.assertRaises(zfsapi.TransferFailed) as caught:
                    self.client.receive(io.BytesIO(whole[:len(whole) // 2]), target, over=over, resumable=True)
                token = caught.exception.resume_token
                assert token
                with self.client.send("tank/home", "monday", over=over, resume_token=token) as stream:
                    self.client.receive(stream, target, over=over)
                self.assertEqual(lab.guid(f"{target}@monday"), lab.guid("tank/home@monday"))

    def test_streams_that_are_refused_say_why(self) -> None:
        for over in self.ways():
            with self.subTest(over=over):
                with self.assertRaises(zfsapi.NotFound), self.client.send("tank/home", "never", over=over):
                    self.fail("there is a stream")
                with self.assertRaises(zfsapi.ZFSAPIError) as caught:
                    self.client.receive([b"no stream" * 1000] * 1000, self.target(), over=over)
                self.assertIn(caught.exception.code, (-32020, -32005))
        with self.assertRaises(zfsapi.ProtocolError) as no_socket:
            # Its port was chosen by the kernel, which the daemon does not tell.
            self.client.receive(b"", self.target(), over="tcp")
        self.assertEqual(no_socket.exception.reason, "no_socket")

    def test_a_stream_that_is_cancelled_or_left_ends_its_process(self) -> None:
        async def cancel(over: str) -> None:
            async with AsyncClient(self.running.address) as client:
                async def reading() -> None:
                    async with client.send("tank/home", "monday", over=over) as stream:
                        async for _ in stream:
                            begun.set()
                            await asyncio.sleep(60)

                begun = asyncio.Event()
                task = asyncio.create_task(reading())
                await begun.wait()
                task.cancel()
                with self.assertRaises(asyncio.CancelledError):
                    await task

        for over in self.ways():
            with self.subTest(over=over):
                asyncio.run(cancel(over), debug=True)
                lab.eventually(lambda: not lab.transfers(), "zfs send of the cancelled stream has ended")
                with self.client.send("tank/home", "monday", over=over) as stream:
                    next(iter(stream))
                lab.eventually(lambda: not lab.transfers(), "zfs send of the stream that was left has ended")

    def test_migrations_tell_their_progress_and_end(self) -> None:
        target = self.target()
        events: list[str] = []

        def follow() -> None:
            for event in self.client.events(after=0):
                events.append(event["event"])
                if event["status"] == "completed":
                    return

        thread = threading.Thread(target=follow)
        thread.start()
        told: list[zfsapi.Progress] = []
        task_id = self.client.migrate("tank/home@monday", target, limit=10)
        with self.assertRaises(TimeoutError):
            self.client.wait(task_id, timeout=0.1)
        task = self.client.wait(task_id, on_progress=told.append)
        self.assertEqual((task["status"], task["params"]["limit"]), ("completed", 10))
        self.assertEqual(lab.guid(f"{target}@monday"), lab.guid("tank/home@monday"))
        self.assertGreater(len(told), 1)
        self.assertEqual(set(told[0]), set(zfsapi.Progress.__annotations__))
        self.assertLessEqual(told[0]["bytes_transferred"], told[-1]["bytes_transferred"])
        thread.join(20)
        self.assertFalse(thread.is_alive())
        self.assertIn("created", events)

    def test_a_migration_that_fails_raises_its_error(self) -> None:
        target = self.target()
        lab.sh("zfs", "create", target)
        with self.assertRaises(zfsapi.MigrationFailed) as caught:
            self.client.wait(self.client.migrate("tank/home@monday", target))
        self.assertEqual((caught.exception.reason, caught.exception.task["status"]), ("destination_exists", "failed"))

        async def cancelled() -> None:
            async with AsyncClient(self.running.address) as client:
                task_id = await client.migrate("tank/home@monday", self.target(), limit=1)
                waiting = asyncio.create_task(client.wait(task_id))
                await client.migration_cancel(task_id)
                await waiting

        with self.assertRaises(zfsapi.MigrationFailed) as caught:
            asyncio.run(cancelled())
        self.assertEqual(caught.exception.task["status"], "cancelled")

    def test_a_wait_outlives_a_restart_of_the_daemon(self) -> None:
        with Daemon() as running, Client(running.address) as client:
            task_id = client.migrate("tank/home@monday", self.target(), limit=8)
            restarted: list[bool] = []

            def restart(_: zfsapi.Progress) -> None:
                if not restarted:
                    restarted.append(True)
                    running.stop(signal.SIGTERM)
                    threading.Timer(1, running.start).start()

            self.assertEqual(client.wait(task_id, on_progress=restart)["status"], "completed")
            self.assertTrue(restarted)
