using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Graphs.Program;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Tests.Program;

/// <summary>Drives a graph's program by hand: events in, commands out, no engine and no clock.</summary>
internal sealed class GraphLoop
{
    private readonly GraphFamily _family = new();
    private readonly byte[] _document;
    private readonly SortedDictionary<string, long> _effects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, string> _live = [];
    private IProgram _program;
    private long _next = 1;

    public GraphLoop(string text, GraphPool? pool = null)
        : this(new GraphDefinition { Spec = Graphs.Spec(text), Pool = pool ?? new GraphPool() })
    {
    }

    public GraphLoop(GraphDefinition definition)
    {
        _document = GraphFamily.Pin(definition);
        _program = _family.Load(_document, 1);
    }

    /// <summary>Saves and restores the program after every event.</summary>
    public bool RestoresAlways { get; init; }

    /// <summary>Fuel of one call.</summary>
    public int Fuel { get; init; } = 1_000_000;

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Continuations that the last event needed.</summary>
    public int Continuations { get; private set; }

    /// <summary>All commands so far, one a line.</summary>
    public List<string> Transcript { get; } = [];

    public SortedDictionary<string, DateTimeOffset> Timers { get; } = new(StringComparer.Ordinal);

    public string? EndState { get; private set; }

    public Outcome? EndOutcome { get; private set; }

    /// <summary>Live effects and their tasks, in order.</summary>
    public IReadOnlyList<(long Effect, string Task)> Live => [.. _live.Select(pair => (pair.Key, pair.Value))];

    /// <summary>Orders by task; the newest attempt's.</summary>
    public SortedDictionary<string, TaskOrder> Orders { get; } = new(StringComparer.Ordinal);

    public GraphLoop Start(string id = "g-1")
    {
        Deliver(new RunEvent.Started(new RunUid(255), id, default));
        return this;
    }

    public void Accept(params string[] tasks)
    {
        foreach (var task in tasks)
            Report(_effects[task], new Report.Accepted(default));
    }

    public void Progress(string task, TaskPhase phase, string? waitsFor = null) =>
        Report(_effects[task], new Report.Progressed(TaskJson.Write(new TaskProgress(phase, waitsFor))));

    public void Phase(TaskPhase phase, params string[] tasks)
    {
        foreach (var task in tasks)
            Report(_effects[task], new Report.Progressed(TaskJson.Write(new TaskProgress(phase))));
    }

    /// <summary>Brings tasks to where their command runs.</summary>
    public void Run(params string[] tasks)
    {
        Accept(tasks);
        Phase(TaskPhase.Downloading, tasks);
        Phase(TaskPhase.Ready, tasks);
        Phase(TaskPhase.Running, tasks);
    }

    public void Exit(string task, int code = 0) =>
        End(task, new TaskResult { Ending = TaskEnding.Exited, ExitCode = code });

    public void End(string task, TaskResult result) => End(_effects[task], result);

    public void End(long effect, TaskResult result) =>
        Report(effect, new Report.Ended(Ending.Known, TaskJson.Write(result)));

    /// <summary>What was told to stop says that it has.</summary>
    public void EndStopped()
    {
        foreach (var (effect, _) in Live)
            End(effect, new TaskResult { Ending = TaskEnding.Stopped, ExitCode = 143 });
    }

    public void Interrupt(string task) =>
        Report(_effects[task], new Report.Ended(Ending.Interrupted, default));

    public void Fire(string timer)
    {
        if (Timers.TryGetValue(timer, out var due))
            Now = due > Now ? due : Now;
        Timers.Remove(timer);
        Deliver(new RunEvent.TimerFired(timer));
    }

    public void Cancel(string by, string? message = null)
    {
        var payload = $$"""{"by":"{{by}}","message":{{JsonSerializer.Serialize(message)}}}""";
        Deliver(new RunEvent.Arrived(new InboxItem("c", InboxKind.Cancel, Encoding.UTF8.GetBytes(payload))));
    }

    public JsonNode Description
    {
        get
        {
            var json = new ArrayBufferWriter<byte>();
            _program.Describe(json);
            return JsonNode.Parse(json.WrittenSpan)!;
        }
    }

    public string State(string task) => (string)Task(task)["state"]!;

    public string Reason(string task) => (string)Task(task)["reason"]!;

    public JsonNode Task(string task) =>
        Description["tasks"]!.AsArray().Single(node => (string)node!["name"]! == task)!;

    public string Group(string group) =>
        (string)Description["groups"]!.AsArray().Single(node => (string)node!["name"]! == group)!["state"]!;

    /// <summary>What a task was told, in order: `Go`, `Restart`.</summary>
    public IEnumerable<string> Told(string task) =>
        Transcript.Where(line => line.StartsWith($"tell {task} ")).Select(line => line.Split(' ')[2]);

    public long EffectOf(string task) => _effects[task];

    public byte[] Snapshot()
    {
        var snapshot = new ArrayBufferWriter<byte>();
        _program.Save(snapshot);
        return snapshot.WrittenSpan.ToArray();
    }

    private void Report(long effect, Report report)
    {
        if (report is Report.Ended { Ending: Ending.Known })
            _live.Remove(effect);
        Deliver(new RunEvent.Reported(effect, report));
    }

    public void Deliver(RunEvent happened)
    {
        Now = Now.AddSeconds(1);
        var turn = new Turn(Now, 7, _next, Fuel);
        Continuations = 0;
        var answer = _program.Advance(happened, turn);
        while (answer == Advanced.OutOfFuel)
        {
            Continuations++;
            turn.Refuel(Fuel);
            answer = _program.Advance(RunEvent.Continued.Instance, turn);
        }

        _next = turn.NextEffect;
        foreach (var command in turn.Commands)
            Take(command);
        if (RestoresAlways)
            _program = _family.Restore(_document, 1, Snapshot());
    }

    private void Take(Command command)
    {
        switch (command)
        {
            case Command.Asked asked:
                var order = TaskJson.ReadOrder(asked.Ask.Request);
                Orders[order.Task] = order;
                _effects[order.Task] = asked.Effect;
                _live[asked.Effect] = order.Task;
                Transcript.Add($"ask {order.Task} {asked.Effect} gang {asked.Ask.Gang} attempt {asked.Ask.Attempt}");
                break;
            case Command.Told told:
                var message = TaskJson.ReadMessage(told.Message);
                Transcript.Add($"tell {_live[told.Effect]} {message.Verb} {message.Serial} effect {told.Effect}");
                break;
            case Command.TimerSet set:
                Timers[set.Timer] = set.Due;
                Transcript.Add($"timer {set.Timer} {set.Due:O}");
                break;
            case Command.TimerCleared cleared:
                Timers.Remove(cleared.Timer);
                Transcript.Add($"clear {cleared.Timer}");
                break;
            case Command.Shown shown:
                Transcript.Add($"show {shown.State} {shown.Outcome}");
                break;
            case Command.Ended ended:
                (EndState, EndOutcome) = (ended.State, ended.Outcome);
                Transcript.Add($"end {ended.State} {ended.Outcome} {Encoding.UTF8.GetString(ended.Result.Span)}");
                break;
            default:
                Transcript.Add($"{command}");
                break;
        }
    }
}
