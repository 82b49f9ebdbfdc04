using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Records;
using Cairn.Platform.Stores;

namespace Cairn.Cli.Faults;

/// <summary>
/// What the machine throws at commands, as exit codes and words. Nobody sees a stack trace for a full disk.
/// </summary>
internal static class Outside
{
    private const int NoSpace = 28;

    private const string DamageHint =
        "restore the state folder from a copy, or go on without the runs that are damaged: --accept-loss";

    /// <summary>The failure to report, or null for what must not be swallowed.</summary>
    public static CommandFailure? Explain(Exception thrown) => thrown switch
    {
        OperationCanceledException => null,
        StoreException store => new CommandFailure(store.ExitCode, Sentence(store.Message), store.Hint),
        EngineBusyException { InnerException: JournalDamagedException damage } => Explain(damage),
        EngineBusyException busy => new CommandFailure(
            busy.IsWorthAnotherTry ? ExitCode.TryAgain : ExitCode.RunFailed, Sentence(busy.Message)),
        JournalDamagedException damage => new CommandFailure(
            ExitCode.TryAgain, $"the journal is damaged: {Sentence(damage.Message)}", DamageHint),
        IOException io when (io.HResult & 0xffff) == NoSpace || io.Message.Contains("No space left") =>
            new CommandFailure(
                ExitCode.TryAgain, "the disk is full", "free some space and start again; nothing is lost"),
        FileNotFoundException or DirectoryNotFoundException =>
            new CommandFailure(ExitCode.Usage, Sentence(thrown.Message)),
        UnauthorizedAccessException => new CommandFailure(ExitCode.Denied, Sentence(thrown.Message)),
        IOException =>
            new CommandFailure(ExitCode.Usage, Sentence(thrown.Message)),
        _ => new CommandFailure(
            ExitCode.RunFailed,
            $"this should not have happened: {Sentence(thrown.Message)} ({thrown.GetType().Name})",
            "a report with the command and this line helps; CAIRN_TRACE=1 prints where it came from"),
    };

    private static string Sentence(string message) => message.TrimEnd('.', '\n');
}
