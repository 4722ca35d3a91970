/// Outputs of `zpool status -v -p -P`, in the form of the releases named.
enum ZPoolStatusFixture {
    /// 2.3, captured: every class of device, a spare in use, a path with a space.
    static let classes = """
          pool: tank
         state: ONLINE
          scan: resilvered 20M in 00:00:00 with 0 errors on Sat Nov 21 00:27:27 2026
        config:

        \tNAME               STATE     READ WRITE CKSUM
        \ttank               ONLINE       0     0     0
        \t  mirror-0         ONLINE       0     0     0
        \t    /dev/d1        ONLINE       0     0     0
        \t    spare-1        ONLINE       0     0     0
        \t      /dev/d8      ONLINE       0     0     0
        \t      /dev/d5      ONLINE       0     0     0
        \tspecial\t
        \t  mirror-2         ONLINE       0     0     0
        \t    /dev/d6        ONLINE       0     0     0
        \t    /dev/d7        ONLINE       0     0     0
        \tlogs\t
        \t  /dev/d3          ONLINE       0     0     0
        \tcache
        \t  /dev/d4          ONLINE       0     0     0
        \tspares
        \t  /dev/d5          INUSE     currently in use
        \t  /dev/with space  AVAIL   \("")

        errors: No known data errors

        """

    /// 2.1: one disk, no scan line.
    static let fresh = status(
        "",
        """
        \tNAME         STATE     READ WRITE CKSUM
        \tlogs         ONLINE       0     0     0
        \t  /dev/sda1  ONLINE       0     0     0
        """)

    /// A degraded mirror with a missing and a failing device.
    static let degraded = """
          pool: tank
         state: DEGRADED
        status: One or more devices could not be used because the label is missing or
        \tinvalid.  Sufficient replicas exist for the pool to continue
        \tfunctioning in a degraded state.
        action: Replace the device using 'zpool replace'.
           see: https://openzfs.github.io/openzfs-docs/msg/ZFS-8000-4J
          scan: scrub repaired 1.50M in 1 days 02:03:04 with 7 errors on Sun Nov 15 02:27:05 2026
        checkpoint: created Sat Nov 21 00:27:22 2026, consumes 63K
        config:

        \tNAME                      STATE     READ WRITE CKSUM
        \ttank                      DEGRADED     0     0     0
        \t  mirror-0                DEGRADED     0     0     0
        \t    1229583915061226511   UNAVAIL      0     0     0  was /dev/sdb1
        \t    /srv/a  ONLINE  disk  FAULTED   1204     0 18446744073709551615  too many errors

        errors: No known data errors

        """

    /// 2.3, captured: files with errors; the last one has a newline in its name.
    static let damaged = """
          pool: bad
         state: ONLINE
        status: One or more devices has experienced an error resulting in data
        \tcorruption.  Applications may be affected.
        action: Restore the file in question if possible.  Otherwise restore the
        \tentire pool from backup.
           see: https://openzfs.github.io/openzfs-docs/msg/ZFS-8000-8A
          scan: scrub repaired 12K in 00:00:01 with 184 errors on Sat Nov 21 00:27:43 2026
        config:

        \tNAME        STATE     READ WRITE CKSUM
        \tbad         ONLINE       0     0     0
        \t  /dev/d11  ONLINE       0     0   390

        errors: Permanent errors have been detected in the following files:

                /bad/f1
                <metadata>:<0x3d>
                bad/home:<0x1a>
                /bad/with space
         state: FAULTED

        """

    /// A pool whose only device went away.
    static let suspended = """
          pool: tank
         state: SUSPENDED
        status: One or more devices are faulted in response to IO failures.
        action: Make sure the affected devices are connected, then run 'zpool clear'.
           see: https://openzfs.github.io/openzfs-docs/msg/ZFS-8000-HC
        config:

        \tNAME        STATE     READ WRITE CKSUM
        \ttank        UNAVAIL      0     0     0  insufficient replicas
        \t  /dev/sda  REMOVED      0     0     0

        errors: List of errors unavailable: pool I/O is currently suspended

        """

    /// One healthy disk with these lines before `config:`.
    static func status(_ lines: String, _ table: String = healthy) -> String {
        "  pool: tank\n state: ONLINE\n\(lines)config:\n\n\(table)\n\nerrors: No known data errors\n"
    }

    private static let healthy = """
        \tNAME         STATE     READ WRITE CKSUM
        \ttank         ONLINE       0     0     0
        \t  /dev/sda1  ONLINE       0     0     0  (resilvering)
        """
}
