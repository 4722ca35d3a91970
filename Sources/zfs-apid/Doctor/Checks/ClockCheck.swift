import CLinux

/// Whether something keeps the clock of this machine right.
struct ClockCheck: DoctorCheck {
    let name = "clock"

    func findings() async -> [Finding] {
        let state = clinux_is_clock_synchronised()
        return [judge(isSynchronised: state < 0 ? nil : state == 1)]
    }

    /// What the kernel's word means.
    func judge(isSynchronised: Bool?) -> Finding {
        switch isSynchronised {
        case true?: .ok(name, "the clock is synchronised")
        case false?:
            .warning(
                name, "nothing keeps the clock right, and tokens and certificates go by it",
                "timedatectl set-ntp true with systemd-timesyncd, or install chrony")
        case nil: .warning(name, "the kernel does not tell whether the clock is right", "compare it yourself: date -u")
        }
    }
}
