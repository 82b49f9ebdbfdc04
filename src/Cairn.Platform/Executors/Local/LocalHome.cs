using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cairn.Engine.Effects;
using Cairn.Platform.Executors.Local.Places;

namespace Cairn.Platform.Executors.Local;

/// <summary>The executor's part of a state folder, and the names that it gives to what lies outside (control groups,
/// networks, containers): they carry a mark of the folder, so that nobody reaps what is another's.</summary>
internal sealed class LocalHome(string path)
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Program =
        OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private const string OsmoProgram =
        """
        #!/bin/sh
        echo "osmo: this program is not available inside tasks yet; checkpoints are uploaded by Cairn itself" >&2
        exit 127

        """;

    /// <summary>Eight hexadecimal digits that stand for this state folder.</summary>
    public string Mark { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(path))))[..8];

    /// <summary>The state folder, absolute.</summary>
    public string Folder { get; } = Path.GetFullPath(path);

    /// <summary>All task folders.</summary>
    public string Tasks { get; } = Path.Combine(Path.GetFullPath(path), "tasks");

    /// <summary>Intermediate data, by run id and task.</summary>
    public string Data { get; } = Path.Combine(Path.GetFullPath(path), "data");

    /// <summary>The files that hold the networks of groups open.</summary>
    public string Networks { get; } = Path.Combine(Path.GetFullPath(path), "networks");

    /// <summary>Tasks that ended well, by digest.</summary>
    public string Ended { get; } = Path.Combine(Path.GetFullPath(path), "reuse");

    /// <summary>What tasks see as `/osmo/usr/bin`.</summary>
    public string Programs { get; } = Path.Combine(Path.GetFullPath(path), "programs");

    /// <summary>Our folder in each control group hierarchy.</summary>
    public string CgroupParent => $"cairn-{Mark}";

    /// <summary>What the supervisors of a launch carry in their arguments.</summary>
    public static string Badge(string mark, string task, int serial) =>
        string.Create(CultureInfo.InvariantCulture, $"{mark}:{task}/{serial}");

    /// <summary>The task in a badge of this state folder, or null.</summary>
    public string? TaskIn(string badge) =>
        badge.StartsWith(Mark + ":", StringComparison.Ordinal) && badge.LastIndexOf('/') is > 9 and var slash
            ? badge[(Mark.Length + 1)..slash]
            : null;

    /// <summary>The folder of an effect; each issue after an interruption has its own.</summary>
    public TaskFolder Task(EffectOrder order) => new(Path.Combine(
        Tasks,
        order.Issue <= 1
            ? order.Key.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{order.Key}-{order.Issue}")));

    /// <summary>Makes the folders and the programs in them.</summary>
    public void Make()
    {
        Directory.CreateDirectory(Tasks, OwnerOnly);
        Directory.CreateDirectory(Programs);
        var osmo = Path.Combine(Programs, "osmo");
        TaskFolder.WriteWhole(osmo, Encoding.UTF8.GetBytes(OsmoProgram));
        File.SetUnixFileMode(osmo, Program);
    }
}
