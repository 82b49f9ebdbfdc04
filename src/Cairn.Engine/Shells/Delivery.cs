using Cairn.Engine.Programs;
using Cairn.Engine.Records;

namespace Cairn.Engine.Shells;

/// <summary>
/// A committed record on its way to the performers. One that asks for thousands of effects is delivered in slices, so
/// that it does not keep other runs waiting; its gangs are never cut.
/// </summary>
internal sealed class Delivery
{
    /// <summary>Only looked up, never walked through.</summary>
    private readonly Dictionary<(string Kind, string Queue, string Gang), List<Command.Asked>>? _gangs;
    private int _next;

    public Delivery(Record record)
    {
        Record = record;
        foreach (var command in record.Commands)
        {
            EndsRun |= command is Command.Ended;
            if (command is not Command.Asked { Ask: { Gang: { } gang } ask } asked) continue;
            _gangs ??= [];
            var key = (ask.Kind, ask.Queue, gang);
            if (!_gangs.TryGetValue(key, out var members)) _gangs[key] = members = [];
            members.Add(asked);
        }
    }

    public Record Record { get; }

    /// <summary>What it asks for besides is not started.</summary>
    public bool EndsRun { get; }

    public bool HasBegun { get; set; }

    /// <summary>The next ask with the others of its gang; null: that were all.</summary>
    public IReadOnlyList<Command.Asked>? NextGang()
    {
        while (_next < Record.Commands.Count)
        {
            if (Record.Commands[_next++] is not Command.Asked asked) continue;
            if (asked.Ask.Gang is not { } gang) return [asked];
            var members = _gangs![(asked.Ask.Kind, asked.Ask.Queue, gang)];
            if (ReferenceEquals(members[0], asked)) return members;
        }

        return null;
    }

    /// <summary>The effects that were not handed on yet.</summary>
    public IEnumerable<long> Left()
    {
        var copy = new Delivery(Record) { _next = _next };
        while (copy.NextGang() is { } gang)
            foreach (var asked in gang) yield return asked.Effect;
    }
}
