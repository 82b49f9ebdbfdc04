using Cairn.Engine.Secrets;
using Cairn.Flows.Expressions;

namespace Cairn.Flows.Program;

/// <summary>The whole state of one run of a flow: its strands, and what they may know of the world.</summary>
internal sealed class FlowState
{
    private const string ExecutionId = "GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID";
    private readonly FlowDefinition _definition;
    private ulong _draws;

    /// <summary>A run before its first event.</summary>
    /// <param name="definition">What was pinned.</param>
    /// <param name="code">The compiled flow.</param>
    /// <param name="vault">Opens the vault for marked values.</param>
    public FlowState(FlowDefinition definition, FlowCode code, Func<SecretVault>? vault)
    {
        _definition = definition;
        var inputs = new EvaluationInputs(Now, NextRandom, Variable);
        Machine = new FlowMachine(code, vault) { Evaluation = new Evaluation(inputs, code.Options.Lenient) };
    }

    /// <summary>Runs the flow.</summary>
    public FlowMachine Machine { get; }

    /// <summary>The run's uid.</summary>
    public string Uid { get; set; } = "";

    /// <summary>The visible state, as it was last shown.</summary>
    public string Shown { get; set; } = "";

    /// <summary>Whether the end was told to the engine.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Begins an event: random bits are drawn from its seed.</summary>
    public void Begin() => _draws = 0;

    private double Now() => (Machine.Turn.Now - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond;

    private string? Variable(string name)
    {
        if (_definition.Environment.TryGetValue(name, out var value))
            return value;
        return name == ExecutionId ? Uid : null;
    }

    /// <summary>128 bits of the event's seed and the number of the draw, mixed as splitmix64 does.</summary>
    private UInt128 NextRandom()
    {
        var seed = Machine.Turn.Seed;
        var draw = _draws++;
        return new UInt128(
            Mixed((ulong)(seed >> 64) + draw * 0x9E3779B97F4A7C15),
            Mixed(Mixed((ulong)seed + draw * 0xD1B54A32D192ED03)));
    }

    private static ulong Mixed(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
