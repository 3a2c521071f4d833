import Glibc

/// A D-Bus and an Avahi of the tests' own, on the loopback interface alone, because `ippeveprinter` does not
/// start without them. The system's are neither needed nor told anything.
///
/// One for the process, started by the first who needs it; the kernel ends it with the process.
actor PrivateDNSSD {
    static let shared = PrivateDNSSD()

    private let hostName: String
    private let publishesAddresses: Bool
    private var starting: Task<Running, any Error>?

    private struct Running: Sendable {
        var folder: TemporaryFolder
        var bus: RunningProgram
        var avahi: RunningProgram
    }

    /// - Parameter publishesAddresses: as Avahi does unless told otherwise; two that do quarrel about whose the
    ///   loopback address is, and neither begins.
    init(hostName: String = "lanyard-tests", publishesAddresses: Bool = false) {
        self.hostName = hostName
        self.publishesAddresses = publishesAddresses
    }

    /// What a program's environment needs to find them.
    func environment() async throws -> [String: String] {
        if starting == nil {
            let configuration = avahiConfiguration
            starting = Task { try await PrivateDNSSD.start(avahiConfiguration: configuration) }
        }
        guard let folder = try await starting?.value.folder else { return [:] }
        return ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(folder.path("bus"))"]
    }

    private static func start(avahiConfiguration: String) async throws -> Running {
        let folder = try TemporaryFolder()
        try folder.write(busConfiguration(socket: folder.path("bus")), to: "bus.conf")
        try folder.write(avahiConfiguration, to: "avahi.conf")
        let bus = try RunningProgram(
            "dbus-daemon", arguments: ["--config-file=\(folder.path("bus.conf"))", "--nofork", "--nopidfile"])
        try await eventually("dbus-daemon listens") { folder.contains("bus") }
        // Avahi keeps its number and its socket in a folder that can't be configured and gives that to a
        // user that need not exist here, so it sees a file system and users of its own.
        try folder.write("root:x:0:0::/:\navahi:x:0:0::/:\n", to: "passwd")
        try folder.write("root:x:0:\navahi:x:0:\n", to: "group")
        let script = """
            mount -t tmpfs tmpfs /run && mount --bind \(folder.path("passwd")) /etc/passwd &&
            mount --bind \(folder.path("group")) /etc/group && exec "$0" "$@"
            """
        let avahi = try RunningProgram(
            "unshare",
            arguments: (getuid() == 0 ? [] : ["--map-root-user"]) + [
                "--mount", "sh", "-c", script, try Program.path(of: "avahi-daemon"), "--no-drop-root",
                "--no-chroot", "--no-rlimits", "-f", folder.path("avahi.conf"),
            ], environment: ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(folder.path("bus"))"])
        try await avahi.wrote("Server startup complete")
        return Running(folder: folder, bus: bus, avahi: avahi)
    }

    private static func busConfiguration(socket: String) -> String {
        """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>system</type>
          <listen>unix:path=\(socket)</listen>
          <auth>EXTERNAL</auth>
          <auth>ANONYMOUS</auth>
          <allow_anonymous/>
          <policy context="default">
            <allow user="*"/>
            <allow own="*"/>
            <allow send_destination="*"/>
            <allow eavesdrop="true"/>
          </policy>
        </busconfig>

        """
    }

    private var avahiConfiguration: String {
        """
        [server]
        host-name=\(hostName)
        use-ipv4=yes
        use-ipv6=no
        allow-interfaces=lo
        enable-dbus=yes
        disallow-other-stacks=no
        [wide-area]
        enable-wide-area=no
        [publish]
        publish-addresses=\(publishesAddresses ? "yes" : "no")
        publish-hinfo=no
        publish-workstation=no

        """
    }
}
