using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Executors.Local;

/// <summary>How a command ended, before its outputs were taken away.</summary>
/// <param name="Ending">Why.</param>
/// <param name="ExitCode">Its own code, or one of spec/osmo.md 3.3.</param>
/// <param name="Message">One sentence for people; empty for a plain exit.</param>
internal sealed record CommandEnd(TaskEnding Ending, int ExitCode, string Message = "")
{
    public const int LostCode = 3001;
    public const int StartErrorCode = 3003;
    public const int EvictedCode = 3004;

    /// <summary>Signal number, or 0.</summary>
    public int Signal { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTime? EndedUtc { get; init; }

    /// <summary>Nothing of it is left, and nobody knows how it ended.</summary>
    public static CommandEnd Lost(string why) => new(TaskEnding.Lost, LostCode, why);

    /// <summary>It never started.</summary>
    public static CommandEnd NotStarted(string why) => new(TaskEnding.StartError, StartErrorCode, why);
}
