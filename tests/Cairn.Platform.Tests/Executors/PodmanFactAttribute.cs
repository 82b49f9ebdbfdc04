using System.Runtime.CompilerServices;
using Cairn.Platform.Executors.Local.Images;

namespace Cairn.Platform.Tests.Executors;

/// <summary>A test that needs podman: skipped on a laptop without it, failed under CI=true.</summary>
internal sealed class PodmanFactAttribute : FactAttribute
{
    public PodmanFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        var possible = Tools.Find("podman") is not null && Tools.Find("busybox") is not null;
        if (!possible && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "podman and busybox-static are not installed";
    }
}
