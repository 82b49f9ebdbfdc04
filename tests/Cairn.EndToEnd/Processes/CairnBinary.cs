namespace Cairn.EndToEnd.Processes;

/// <summary>The program under test: `$CAIRN_BINARY`, else the one that was built with these tests.</summary>
internal static class CairnBinary
{
    /// <summary>Absolute.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var path = Environment.GetEnvironmentVariable("CAIRN_BINARY") is { Length: > 0 } named
            ? System.IO.Path.GetFullPath(named)
            : System.IO.Path.Combine(AppContext.BaseDirectory, "cairn");
        return File.Exists(path) ? path : throw new InvalidOperationException($"there is no cairn at {path}");
    }
}
