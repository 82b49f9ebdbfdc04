using System.Runtime.CompilerServices;
using Cairn.Platform.Executors.Local.Images;

namespace Cairn.Platform.Tests.Executors;

/// <summary>A test that needs bubblewrap: skipped on a laptop without it, failed under CI=true.</summary>
internal sealed class SandboxFactAttribute : FactAttribute
{
    public SandboxFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (Tools.Find("bwrap") is null && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "bubblewrap is not installed: apt install bubblewrap";
    }
}
