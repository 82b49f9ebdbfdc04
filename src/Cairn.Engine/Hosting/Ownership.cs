using System.Globalization;
using Cairn.Engine.Journals.Sqlite;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Hosting;

/// <summary>What only the owner of a state folder has: the lock, the shell with its threads, the socket.</summary>
internal sealed class Ownership : IAsyncDisposable
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(1);
    private readonly OwnerLock _lock;
    private readonly ShellThread _thread;
    private readonly WakeSocket _socket;
    private readonly SqliteJournal _journal;
    private long _seenChanges;

    public Ownership(
        OwnerLock ownerLock, StateFolder folder, SqliteJournal journal, ShellWorld world, ShellOptions options)
    {
        (_lock, _journal) = (ownerLock, journal);
        Shell = new Shell(journal, world, options);
        _thread = new ShellThread(Shell, journal, Look, _lookEvery, world.Time);
        _socket = new WakeSocket(folder.Socket, () => Shell.Post(new Intake.Poked()), AnswerPlacesAsync);
        _thread.Start();
    }

    public Shell Shell { get; }

    /// <summary>Faulted when the engine could not go on.</summary>
    public Task Ended => _thread.Ended;

    /// <summary>Where each live effect of a run is: what its performer says of it.</summary>
    /// <exception cref="EngineBusyException">The engine has stopped.</exception>
    public Task<IReadOnlyDictionary<long, string?>> PlacesAsync(RunUid uid)
    {
        var answer = new TaskCompletionSource<IReadOnlyDictionary<long, string?>>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        Shell.Post(new Intake.Inspect(shell => answer.SetResult(shell.Placement(uid))));
        return AnsweredAsync(answer.Task);
    }

    /// <summary>
    /// What the engine's thread answers to something posted; fails when the thread ends without an answer.
    /// </summary>
    /// <exception cref="EngineBusyException">The engine has stopped.</exception>
    public async Task<T> AnsweredAsync<T>(Task<T> answer)
    {
        await Task.WhenAny(answer, Ended);
        if (answer.IsCompleted) return await answer;
        throw Ended.Exception?.InnerException is { } fault
            ? new EngineBusyException($"the engine has stopped: {fault.Message}", isWorthAnotherTry: false, fault)
            : new EngineBusyException("the engine is leaving", isWorthAnotherTry: true);
    }

    /// <summary>`effect=reason`, tab-separated; a reason is empty where the effect is with its performer.</summary>
    public static SortedDictionary<long, string?> ReadPlaces(string line)
    {
        SortedDictionary<long, string?> places = [];
        foreach (var part in line.Split('\t', StringSplitOptions.RemoveEmptyEntries))
        {
            var (effect, reason) = (part[..part.IndexOf('=')], part[(part.IndexOf('=') + 1)..]);
            places[long.Parse(effect, CultureInfo.InvariantCulture)] = reason.Length == 0 ? null : reason;
        }

        return places;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _thread.Stop();
        await ((Task)_thread.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lock.Dispose();
    }

    /// <summary>A poke may be lost with the process that meant to send it.</summary>
    private void Look()
    {
        var changes = _journal.ChangeCount();
        if (changes == _seenChanges) return;
        _seenChanges = changes;
        Shell.Post(new Intake.Poked());
    }

    private async Task<string> AnswerPlacesAsync(string uid)
    {
        if (!RunUid.TryParse(uid, out var run)) return "";
        IReadOnlyDictionary<long, string?> places;
        try
        {
            places = await PlacesAsync(run);
        }
        catch (EngineBusyException)
        {
            // Nothing is placed anywhere by an engine that has stopped.
            return "";
        }

        return string.Join('\t', places.Select(place =>
            $"{place.Key}={place.Value?.ReplaceLineEndings(" ").Replace('\t', ' ')}"));
    }
}
