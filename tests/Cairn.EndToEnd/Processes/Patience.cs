namespace Cairn.EndToEnd.Processes;

/// <summary>How long a test waits for what must come: far longer than a loaded machine needs.</summary>
internal static class Patience
{
    /// <summary>For a whole run.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(4);
}
