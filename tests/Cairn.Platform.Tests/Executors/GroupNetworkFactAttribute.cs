using System.Runtime.CompilerServices;
using Cairn.Platform.Executors.Local.Images;

namespace Cairn.Platform.Tests.Executors;

/// <summary>A test that needs private networks: skipped where they cannot be had, failed under CI=true.</summary>
internal sealed class GroupNetworkFactAttribute : FactAttribute
{
    public GroupNetworkFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        var possible = Tools.Find("bwrap") is not null && Tools.Find("ip") is not null
            && Environment.IsPrivilegedProcess;
        if (!possible && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "private networks of groups need root, bubblewrap and iproute2";
    }
}
