using System.Security.Cryptography;
using Cairn.Engine.Journals;
using Cairn.Engine.Journals.Sqlite;
using Cairn.Engine.Programs;
using Cairn.Engine.Replays;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Hosting;

/// <summary>
/// One process on a state folder. The first one owns it and advances its runs; the others commit what they submit and
/// send, wake the owner, watch, and the first to notice that the owner has gone takes its place.
/// </summary>
public sealed partial class EngineHost : IAsyncDisposable
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(100);
    private readonly EngineSetup _setup;
    private readonly StateFolder _folder;
    private readonly SqliteJournal _journal;
    private readonly ProgramFamilies _families;
    private readonly ChangeSignal _changes = new();
    private readonly ChangeSignal _stands = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Ownership? _ownership;
    private Task _watching = Task.CompletedTask;

    private EngineHost(EngineSetup setup)
    {
        _setup = setup;
        _folder = new StateFolder(setup.Home);
        _families = new ProgramFamilies(setup.Families);
        _journal = SqliteJournal.Open(_folder.Journal, new SqliteJournalOptions
        {
            AcceptLoss = setup.AcceptLoss,
            ReadOnly = setup.ReadOnly,
            HasOwnCheckpointThread = true,
        });
    }

    /// <summary>
    /// Opens the state folder as its owner, or as a watcher when another process owns it.
    /// </summary>
    /// <exception cref="JournalRefusedException">The folder or its journal must not be opened.</exception>
    /// <exception cref="JournalLossException">Acknowledged commits are lost.</exception>
    public static EngineHost Open(EngineSetup setup)
    {
        var host = new EngineHost(setup);
        if (!setup.ReadOnly && !host.TryOwn())
            setup.Say($"{host._folder.Path} is owned by {OwnerLock.Describe(host._folder)}: watching");
        host._watching = host.WatchOwnerAsync();
        return host;
    }

    /// <summary>Whether this process advances the runs.</summary>
    public bool IsOwner => Volatile.Read(ref _ownership) is not null;

    /// <summary>The journal, for reading: list, find, load, records.</summary>
    public IJournal Journal => _journal;

    /// <summary>Faulted when the engine could not go on: a damaged journal, a failing disk.</summary>
    public Task Ended => _ended.Task;

    /// <summary>
    /// Creates a run; durable when it returns. Throws <see cref="EngineBusyException"/> when there is no room for it.
    /// </summary>
    public async Task<RunHead> SubmitAsync(NewRun run)
    {
        if (run.Version == NewRun.LatestVersion)
            run = run with { Version = _families.Find(run.Kind)?.Version ?? NewRun.LatestVersion };
        if (Volatile.Read(ref _ownership) is { } owned)
        {
            await PostAsync(owned, done => new Intake.Submit(run, done));
        }
        else
        {
            var batch = new Batch();
            batch.Created.Add((run, _setup.Time.GetUtcNow()));
            await CommitAsync(batch);
        }

        return _journal.Find(run.Uid.ToString())!;
    }

    /// <summary>A new run's uid: 128 random bits.</summary>
    public static RunUid NewUid() => new(RandomBits());

    /// <summary>
    /// Puts something into a run's inbox; durable when it returns. Sent twice under one key it arrives once.
    /// </summary>
    public async Task SendAsync(RunHead run, InboxItem item)
    {
        if (Volatile.Read(ref _ownership) is { } owned)
        {
            await PostAsync(owned, done => new Intake.Send(run.Row, item, done));
            return;
        }

        var batch = new Batch();
        batch.Sent.Add((run.Row, item));
        await CommitAsync(batch);
    }

    /// <summary>
    /// What a person may see of a run: its program's own JSON object; empty when it has no program any more.
    /// </summary>
    public ReadOnlyMemory<byte> Describe(RunHead run)
    {
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        new RunLoader(_journal, _families).LoadProgram(run)?.Describe(json);
        return json.WrittenMemory;
    }

    /// <summary>What a run waits for; with the reasons of performers where the owner can be asked.</summary>
    public async Task<IReadOnlyList<Wait>> ExplainAsync(RunHead run) =>
        Explanation.Of(new RunLoader(_journal, _families).Load(run).State, await PlacesAsync(run));

    /// <summary>
    /// Where the asks of a run are, by effect: with a performer (null), or in a queue for a reason; empty when no owner
    /// can be asked.
    /// </summary>
    /// <exception cref="EngineBusyException">The engine has stopped.</exception>
    public Task<IReadOnlyDictionary<long, string?>> PlacesAsync(RunHead run) =>
        Volatile.Read(ref _ownership) is { } owned ? owned.PlacesAsync(run.Uid) : AskPlacesAsync(run.Uid);

    /// <summary>
    /// Takes snapshots of all open runs, commits, gives up the folder. Effects that run are left alone.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        if (Interlocked.Exchange(ref _ownership, null) is { } owned) await owned.DisposeAsync();
        _journal.Dispose();
        _leaving.Dispose();
    }

    internal static UInt128 RandomBits()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(bits);
    }

    private static async Task PostAsync(Ownership owned, Func<Action<CommitResult>, Intake> intake)
    {
        var done = new TaskCompletionSource<CommitResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        owned.Shell.Post(intake(done.SetResult));
        Check(await owned.AnsweredAsync(done.Task));
    }

    private async Task CommitAsync(Batch batch)
    {
        Check(_journal.Commit(batch));
        using var link = await OwnerLink.TryConnectAsync(_folder.Socket, _leaving.Token);
        if (link is not null) await link.PokeAsync(_leaving.Token);
    }

    private static void Check(CommitResult result)
    {
        var trouble = result switch
        {
            CommitResult.Committed => null,
            CommitResult.Refused refused => new EngineBusyException(refused.Message, refused.IsLimit),
            CommitResult.NoSpace full => new EngineBusyException(full.Message, isWorthAnotherTry: true),
            CommitResult.Busy busy => new EngineBusyException(busy.Message, isWorthAnotherTry: true),
            CommitResult.Failed failed => new EngineBusyException(failed.Message, isWorthAnotherTry: false),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (trouble is not null) throw trouble;
    }
}
