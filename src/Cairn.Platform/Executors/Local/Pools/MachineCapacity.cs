using System.Diagnostics;
using System.Globalization;

namespace Cairn.Platform.Executors.Local.Pools;

/// <summary>What this machine has.</summary>
/// <param name="Cpus">Whole cores that we may use.</param>
/// <param name="MemoryBytes">Memory that we may use: the machine's, or our control group's limit.</param>
/// <param name="Gpus">Device numbers.</param>
public sealed record MachineCapacity(int Cpus, long MemoryBytes, IReadOnlyList<int> Gpus)
{
    /// <summary>Looks at this machine; without `nvidia-smi` it has no GPUs.</summary>
    public static MachineCapacity Find() => new(
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo() is { TotalAvailableMemoryBytes: > 0 and var bytes } ? bytes : 1L << 30,
        FindGpus());

    private static IReadOnlyList<int> FindGpus()
    {
        if (Images.Tools.Find("nvidia-smi") is not { } program)
            return [];
        using var asked = Process.Start(new ProcessStartInfo(program, ["--query-gpu=index", "--format=csv,noheader"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        var lines = asked?.StandardOutput.ReadToEnd() ?? "";
        asked?.WaitForExit();
        return asked is not { ExitCode: 0 }
            ? []
            : [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }
}
