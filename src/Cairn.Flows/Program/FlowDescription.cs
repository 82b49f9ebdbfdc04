using System.Buffers;
using System.Text.Json;
using Cairn.Engine.Runs;

namespace Cairn.Flows.Program;

/// <summary>What a person may see of a flow run: its state, the steps that were executed, what it waits for.</summary>
internal static class FlowDescription
{
    /// <summary>`{"state","result"|"error","steps":[…],"waiting_for"}`.</summary>
    public static void Write(FlowState state, IBufferWriter<byte> target)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        var end = state.Machine.End;
        json.WriteString("state", end is null ? "ACTIVE" : WordOf(end));
        switch (end)
        {
            case FlowEnd.Succeeded succeeded:
                json.WritePropertyName("result");
                json.WriteRawValue(succeeded.Json, skipInputValidation: true);
                break;
            case FlowEnd.Failed failed:
                json.WritePropertyName("error");
                Error(json, failed.Raised);
                break;
            case FlowEnd.Cancelled cancelled:
                json.WriteString("reason", cancelled.Reason);
                break;
        }

        Steps(json, state.Machine);
        if (end is null && state.Machine.Requests.Count > 0)
            Callbacks(json, state.Machine);
        if (end is null && WaitsFor(state.Machine) is { } waits)
            json.WriteString("waiting_for", waits);
        json.WriteEndObject();
    }

    /// <summary>The result of a run that ended: the same document.</summary>
    public static ReadOnlyMemory<byte> Result(FlowState state)
    {
        var json = new ArrayBufferWriter<byte>();
        Write(state, json);
        return json.WrittenMemory;
    }

    /// <summary>The language's word for an end (spec/workflows.md 7.1).</summary>
    public static string WordOf(FlowEnd end) => end switch
    {
        FlowEnd.Succeeded => "SUCCEEDED",
        FlowEnd.Failed => "FAILED",
        _ => "CANCELLED",
    };

    /// <summary>The engine's word for an end.</summary>
    public static Outcome OutcomeOf(FlowEnd end) => end switch
    {
        FlowEnd.Succeeded => Outcome.Succeeded,
        FlowEnd.Failed => Outcome.Failed,
        _ => Outcome.Cancelled,
    };

    private static void Error(Utf8JsonWriter json, Raised raised)
    {
        json.WriteStartObject();
        json.WritePropertyName("payload");
        json.WriteRawValue(ErrorText.PayloadBytes(raised.Error.Value), skipInputValidation: true);
        json.WriteString("context", ErrorText.Context(raised));
        json.WriteStartArray("stack");
        foreach (var (step, place) in raised.Stack)
        {
            json.WriteStartObject();
            json.WriteString("step", step.Name);
            json.WriteString("routine", step.Routine);
            json.WriteStartObject("position");
            json.WriteNumber("line", place.Line);
            json.WriteNumber("column", place.Column);
            json.WriteNumber("length", place.Length);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Requests that nobody has awaited yet: their endpoints take no other (7.5).</summary>
    private static void Callbacks(Utf8JsonWriter json, FlowMachine machine)
    {
        json.WriteStartArray("callbacks");
        foreach (var (url, kept) in machine.Requests)
        {
            json.WriteStartObject();
            json.WriteString("url", url);
            json.WriteNumber("kept", kept.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Steps(Utf8JsonWriter json, FlowMachine machine)
    {
        var current = Current(machine);
        var failed = machine.End is FlowEnd.Failed end ? end.Raised.Stack.Select(frame => frame.Step.Index) : [];
        var isFailed = new SortedSet<int>(failed);
        json.WriteStartArray("steps");
        foreach (var step in machine.Code.Steps)
        {
            var tally = machine.Tallies[step.Index];
            if (tally.Count == 0)
                continue;
            var isRunning = current.TryGetValue(step.Index, out var waits);
            var word = isRunning ? (machine.End is null ? "RUNNING" : "CANCELLED")
                : isFailed.Contains(step.Index) ? "FAILED" : "SUCCEEDED";
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            if (step.Routine != "main")
                json.WriteString("routine", step.Routine);
            json.WriteString("kind", step.Kind);
            json.WriteNumber("depth", step.Depth);
            json.WriteString("state", word);
            json.WriteNumber("count", tally.Count);
            if (tally.Errors > 0)
                json.WriteNumber("errors", tally.Errors);
            json.WriteString("started", Time(tally.Last));
            if (!isRunning)
                json.WriteString("ended", Time(Math.Max(tally.Last, tally.Ended)));
            if (waits is { Length: > 0 })
                json.WriteString("waiting_for", waits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The steps that strands are at or inside of, each with what it waits for.</summary>
    private static SortedDictionary<int, string> Current(FlowMachine machine)
    {
        var current = new SortedDictionary<int, string>();
        foreach (var strand in machine.Strands.Values)
        {
            foreach (var around in strand.Blocks)
                if (OpOf(around) is { } op)
                    current.TryAdd(op.Step.Index, "");
            var waits = WaitsFor(strand);
            if (!current.TryGetValue(strand.At.Step.Index, out var known) || known.Length == 0)
                current[strand.At.Step.Index] = waits ?? "";
        }

        return current;
    }

    private static Op? OpOf(Enclosure around) => around switch
    {
        Enclosure.Loop loop => loop.Op,
        Enclosure.Try tried => tried.Op,
        Enclosure.Call call => call.Op,
        Enclosure.Parallel parallel => parallel.Op,
        _ => null,
    };

    private static string? WaitsFor(FlowMachine machine)
    {
        foreach (var strand in machine.Strands.Values)
            if (strand.Waiting is { ForBranches: false } && WaitsFor(strand) is { } waits)
                return $"{strand.At.Step.Label}: {waits}";
        return null;
    }

    private static string? WaitsFor(Strand strand) => strand.Waiting switch
    {
        null => null,
        { ForBranches: true } => $"{strand.Branches.Total - strand.Branches.Ended} branches",
        { Callback: { } url } waiting => $"a request to {url} until {Moment(waiting.Due)}",
        { Effect: > 0 } when strand.At is Ops.EffectOp call => call.Call,
        { Timers: ["retry", ..] or [.., "retry"] } waiting => $"the next attempt at {Moment(waiting.Due)}",
        { Timers: ["sleep"] } waiting => $"the end of its sleep at {Moment(waiting.Due)}",
        { Due: { } due } => $"{Moment(due)}",
        _ => null,
    };

    private static string Moment(DateTimeOffset? due) =>
        due is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'") : "";

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
