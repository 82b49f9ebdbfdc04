using System.Buffers.Binary;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local;
using Cairn.Platform.Projects;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Platform.Tests.Executors;

/// <summary>A state folder with an executor over it that can die and come back, and a folder that tasks share with the
/// test.</summary>
internal sealed class Bench : IDisposable
{
    private static readonly TimeSpan s_lastWord = TimeSpan.FromSeconds(10);

    private readonly List<EffectOrder> _orders = [];
    private LocalExecutor? _executor;
    private ObjectStores? _stores;

    /// <summary>A bench whose run is its own: what one test kills by its key is not another's.</summary>
    public Bench()
        : this(new RunUid(BinaryPrimitives.ReadUInt128LittleEndian(Guid.NewGuid().ToByteArray())))
    {
    }

    public Bench(RunUid run)
    {
        Run = run;
        Root = Directory.CreateTempSubdirectory("cairn-local-").FullName;
        Shared = Directory.CreateDirectory(Path.Combine(Root, "shared")).FullName;
        Settings = new LocalExecutorSettings
        {
            Home = Path.Combine(Root, "home"),
            Pools = [new ProjectPool { Name = "local", IsDefault = true, AllowedMounts = [Shared] }],
            Images = [new ProjectImage { Match = "ubuntu:*", HostFolder = "/" }],
            Transfers = Transfers(),
        };
    }

    public string Root { get; }

    /// <summary>`/shared` inside of tasks.</summary>
    public string Shared { get; }

    public LocalExecutorSettings Settings { get; set; }

    public ReportLog Log { get; private set; } = new();

    public LocalExecutor Executor => _executor ??= Open();

    public RunUid Run { get; }

    /// <summary>A file of a task's intermediate data.</summary>
    public string Intermediate(string workflow, string task, string file) =>
        Path.Combine(Root, "home", "data", workflow, task, file);

    /// <summary>A task of one shell line in a single-task group.</summary>
    public TaskOrder Shell(string line) => Command("sh", "-c", line);

    public TaskOrder Command(params string[] command) => new()
    {
        WorkflowId = "run-1",
        WorkflowUid = Run.ToString(),
        Group = "one",
        Task = "one",
        Members = ["one"],
        Image = "ubuntu:22.04",
        Command = command,
        KeepIntermediate = true,
        VolumeMounts = [$"{Shared}:/shared"],
        Resources = new TaskResources { Cpu = 0, MemoryBytes = 64 << 20 },
    };

    public EffectOrder Order(TaskOrder task, int issue = 1)
    {
        var order = new EffectOrder(
            new EffectKey(Run, 0, _orders.Count + 1), "run-1", new Ask(TaskJson.Kind, TaskJson.Write(task)), issue);
        _orders.Add(order);
        return order;
    }

    public EffectOrder Start(TaskOrder task)
    {
        var order = Order(task);
        Assert.IsType<Admission.Admitted>(Executor.Admit([order]));
        Executor.Start(order);
        return order;
    }

    public IReadOnlyList<EffectOrder> StartGang(params TaskOrder[] tasks)
    {
        EffectOrder[] gang = [.. tasks.Select(task => Order(task))];
        Assert.IsType<Admission.Admitted>(Executor.Admit(gang));
        foreach (var order in gang)
            Executor.Start(order);
        return gang;
    }

    public async Task<TaskResult> Finish(TaskOrder task)
    {
        var order = Start(task);
        return await Log.Result(order.Key);
    }

    public void Tell(EffectOrder order, TaskVerb verb, int serial) =>
        Executor.Tell(order, TaskJson.Write(new TaskMessage(verb, serial)));

    /// <summary>The engine dies; another one, with empty hands, takes over.</summary>
    public void Crash()
    {
        _executor?.Dispose();
        _executor = null;
        Log = new ReportLog();
    }

    /// <summary>The engine leaves after everything that ended is tidied up.</summary>
    public Task Leave() => Task.Run(Crash, TestContext.Current.CancellationToken);

    public void Recover(EffectOrder order, params TaskMessage[] told) =>
        Executor.Recover(order, handle: null, [.. told.Select(one => (ReadOnlyMemory<byte>)TaskJson.Write(one))]);

    public string FolderOf(EffectOrder order) => Path.Combine(Settings.Home, "tasks", order.Key.ToString());

    public string OutputOf(EffectOrder order) => File.ReadAllText(Path.Combine(FolderOf(order), "output.log"));

    /// <summary>A pipe with a name that a task can wait at: `cat /shared/NAME`.</summary>
    public string Gate(string name)
    {
        var path = Path.Combine(Shared, name);
        using var made = System.Diagnostics.Process.Start("mkfifo", [path]);
        made.WaitForExit();
        return path;
    }

    /// <summary>Lets a task pass that waits, or will wait, at a gate; fails when the task is gone.</summary>
    public Task Pass(string gate) => AtGate(() =>
    {
        File.WriteAllText(gate, "go\n");
        return "";
    });

    /// <summary>What a task says at a gate; fails when the task is gone.</summary>
    public Task<string> Hear(string gate) => AtGate(() => File.ReadAllText(gate).Trim());

    public void Dispose()
    {
        foreach (var order in _orders)
            _executor?.Stop(order, StopReason.Terminated);
        _executor?.Dispose();
        _stores?.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    // A thread of its own: whoever waits at a pipe must not hold one of the pool's few threads.
    private async Task<string> AtGate(Func<string> wait)
    {
        var gate = Task.Factory.StartNew(
            wait, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var ended = Log.Until(() => _orders.Count > 0 && _orders.TrueForAll(order => Log.HasEnded(order.Key)));
        if (await Task.WhenAny(gate, ended) == gate)
            return await gate;
        await ended;
        try
        {
            // It may have passed the gate on its way to its end.
            return await gate.WaitAsync(s_lastWord, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"nobody came to the gate: {Log}", late);
        }
    }

    private LocalExecutor Open()
    {
        var executor = new LocalExecutor(Settings);
        executor.Open(Log);
        return executor;
    }

    private TaskTransfers Transfers()
    {
        var stores = ObjectStores.Open(StoreLayout.Plain(Path.Combine(Root, "stores"), Root), TimeProvider.System);
        _stores = stores;
        return TaskTransfers.Over(
            new StoreTransfers(stores), Path.Combine(Root, "home"),
            regex => new System.Text.RegularExpressions.Regex($"\\A(?:{regex})").IsMatch);
    }
}
