using System.Text;
using System.Text.Json;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Flows.Compiling;
using Cairn.Flows.Program;

namespace Cairn.Flows.Tests.Program;

/// <summary>A flow's program, given one event after the other; it can be saved and restored between.</summary>
internal sealed class FlowRun
{
    private readonly FlowFamily _family = new();
    private readonly byte[] _definition;
    private IProgram _program;
    private long _nextEffect = 1;
    private ulong _seed;

    public FlowRun(string source, FlowOptions? options = null)
    {
        _definition = new FlowDefinition
        {
            File = "flow.yaml",
            Source = source,
            Options = options ?? new FlowOptions(),
        }.Pin();
        _program = _family.Load(_definition, 1);
    }

    /// <summary>The time of the next event.</summary>
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>What the last event made the program ask for.</summary>
    public IReadOnlyList<Command> Commands { get; private set; } = [];

    /// <summary>The end, when the last event brought it.</summary>
    public Command.Ended? End => Commands.OfType<Command.Ended>().SingleOrDefault();

    /// <summary>The last effect that was asked for.</summary>
    public Command.Asked Asked => Commands.OfType<Command.Asked>().Last();

    /// <summary>The last timer that was set.</summary>
    public Command.TimerSet Timer => Commands.OfType<Command.TimerSet>().Last();

    /// <summary>The result as JSON text.</summary>
    public string Result => Member("result");

    /// <summary>The payload of the error as JSON text.</summary>
    public string Error => JsonDocument.Parse(Member("error")).RootElement.GetProperty("payload").GetRawText();

    public FlowRun Start(string arguments = "") => Take(
        new RunEvent.Started(new RunUid(7), "flow-1", Encoding.UTF8.GetBytes(arguments)));

    public FlowRun Answer(long effect, string json, Ending ending = Ending.Known) => Take(new RunEvent.Reported(
        effect, new Report.Ended(ending, Encoding.UTF8.GetBytes(json))));

    public FlowRun Fire(string timer) => Take(new RunEvent.TimerFired(timer));

    public FlowRun Arrive(InboxKind kind, string payload) =>
        Take(new RunEvent.Arrived(new InboxItem("key", kind, Encoding.UTF8.GetBytes(payload))));

    /// <summary>Saves the program and goes on with what was saved.</summary>
    public FlowRun SaveAndRestore()
    {
        var snapshot = new System.Buffers.ArrayBufferWriter<byte>();
        _program.Save(snapshot);
        _program = _family.Restore(_definition, 1, snapshot.WrittenMemory.ToArray());
        return this;
    }

    /// <summary>What people see of it.</summary>
    public JsonElement Describe()
    {
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        _program.Describe(json);
        return JsonDocument.Parse(json.WrittenMemory).RootElement;
    }

    private FlowRun Take(RunEvent happened)
    {
        var turn = new Turn(Now, ++_seed, _nextEffect, 500);
        while (_program.Advance(happened, turn) == Advanced.OutOfFuel)
        {
            happened = RunEvent.Continued.Instance;
            turn.Refuel(500);
        }

        _nextEffect = turn.NextEffect;
        Commands = turn.Commands;
        return this;
    }

    private string Member(string name)
    {
        Assert.NotNull(End);
        using var document = JsonDocument.Parse(End.Result);
        Assert.True(document.RootElement.TryGetProperty(name, out var value), Encoding.UTF8.GetString(End.Result.Span));
        return value.GetRawText();
    }
}
