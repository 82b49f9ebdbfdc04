using System.Runtime.CompilerServices;
using Cairn.Platform.Executors.Local.Images;

namespace Cairn.Platform.Tests.Executors;

/// <summary>A test that needs podman: skipped on a laptop without it, failed under CI=true.</summary>
internal sealed class PodmanFactAttribute : FactAttribute
{
    public PodmanFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if ((Tools.Find("podman") is null || Tools.Find("busybox") is null) && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "podman and busybox-static are not installed";
    }
}
