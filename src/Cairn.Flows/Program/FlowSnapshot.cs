using System.Buffers;
using System.Text.Json;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>
/// The state of a flow run as plain versioned data: one map in the engine's coding of values. Operations, steps and
/// variables stand in it by names that are the same in every compilation, never code.
/// </summary>
internal static class FlowSnapshot
{
    private const int Format = 1;

    /// <summary>Writes a state.</summary>
    public static void Write(FlowState state, IBufferWriter<byte> target)
    {
        var machine = state.Machine;
        var map = new FlowMapBuilder();
        map.Set("format", FlowValue.Of(Format));
        map.Set("uid", FlowValue.Of(state.Uid));
        map.Set("shown", FlowValue.Of(state.Shown));
        map.Set("steps", FlowValue.Of(machine.Steps));
        map.Set("next_strand", FlowValue.Of(machine.NextStrand));
        map.Set("strands", ListOf(machine.Strands.Values.Select(SavedStrand.Write)));
        map.Set("ready", ListOf(machine.Ready.Select(strand => FlowValue.Of(strand.Id))));
        map.Set("requests", Requests(machine));
        map.Set("tallies", Tallies(machine));
        var bytes = FlowJson.Encode(FlowValue.Of(map.ToMap()), machine.Vault);
        target.Write(bytes);
    }

    /// <summary>Reads a state into a fresh one; throws <see cref="JsonException"/> for another format.</summary>
    public static void Read(ReadOnlyMemory<byte> snapshot, FlowState state)
    {
        var machine = state.Machine;
        var map = FlowJson.Decode(snapshot.Span, machine.Vault).AsMap();
        if (map.Get("format") is not { Kind: FlowKind.Integer } format || format.AsInteger() != Format)
            throw new JsonException($"a flow's snapshot has another format than {Format}");
        state.Uid = map.Get("uid").AsText();
        state.Shown = map.Get("shown").AsText();
        machine.Steps = map.Get("steps").AsInteger();
        machine.NextStrand = (int)map.Get("next_strand").AsInteger();
        foreach (var saved in map.Get("strands").AsList())
            machine.Add(SavedStrand.Read(saved.AsMap(), machine));
        foreach (var id in map.Get("ready").AsList())
            machine.Wake(machine.Strands[(int)id.AsInteger()]);
        foreach (var (url, waiting) in map.Get("requests").AsMap())
            foreach (var request in waiting.AsList())
                machine.Keep(url, request);
        ReadTallies(map.Get("tallies").AsMap(), machine);
    }

    private static FlowValue Requests(FlowMachine machine)
    {
        var map = new FlowMapBuilder();
        foreach (var (url, waiting) in machine.Requests)
            map.Set(url, ListOf(waiting));
        return FlowValue.Of(map.ToMap());
    }

    private static FlowValue Tallies(FlowMachine machine)
    {
        var map = new FlowMapBuilder();
        foreach (var step in machine.Code.Steps)
            if (machine.Tallies[step.Index] is { Count: > 0 } tally)
                map.Set(step.Id, FlowValue.ListOf(
                    FlowValue.Of(tally.Count), FlowValue.Of(tally.Last), FlowValue.Of(tally.Ended),
                    FlowValue.Of(tally.Errors)));
        return FlowValue.Of(map.ToMap());
    }

    private static void ReadTallies(FlowMap tallies, FlowMachine machine)
    {
        foreach (var step in machine.Code.Steps)
        {
            if (!tallies.TryGet(step.Id, out var saved))
                continue;
            var numbers = saved.AsList();
            machine.Tallies[step.Index] = new StepTally
            {
                Count = numbers[0].AsInteger(),
                Last = numbers[1].AsInteger(),
                Ended = numbers[2].AsInteger(),
                Errors = numbers[3].AsInteger(),
            };
        }
    }

    private static FlowValue ListOf(IEnumerable<FlowValue> values) => FlowValue.Of(FlowList.From(values));
}
