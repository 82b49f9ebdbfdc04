using Cairn.Flows.Compiling;
using Cairn.Flows.Sources;

namespace Cairn.Flows.Syntax;

/// <summary>Reads the steps of one routine (spec/workflows.md 1.2, 1.3; T16 to T18).</summary>
internal sealed partial class StepReader(Findings findings, string routine)
{
    private static readonly string[] _primaries =
        ["assign", "call", "steps", "for", "parallel", "try", "switch", "raise", "return"];

    private string _step = "";

    private string Where => _step.Length == 0 ? $"in workflow '{routine}'" : $"in workflow '{routine}', step '{_step}'";

    /// <summary>A list of steps; <paramref name="owner"/> is what they belong to, in messages.</summary>
    public List<Step> Steps(SourceNode node, string owner)
    {
        var steps = new List<Step>();
        if (node is not SourceNode.List { Items.Count: > 0 } list)
        {
            var found = node is SourceNode.List ? "an empty list" : node.Told;
            findings.Error(node.Span, $"{owner} is a list of at least one step, found {found}", "- name: {…}");
            return steps;
        }

        var outer = _step;
        foreach (var item in list.Items)
            if (Step(item) is { } step)
                steps.Add(step);
        _step = outer;
        return steps;
    }

    private Step? Step(SourceNode item)
    {
        switch (item)
        {
            case SourceNode.Map { Entries: [var entry] }:
                if (entry is { Key.Text: "next", Value: SourceNode.Scalar { IsText: true } target })
                    return Jump(target);
                _step = entry.Key.Text;
                if (entry.Value is SourceNode.Map body)
                    return new Step(entry.Key.Text, entry.Key.Span, StepBlock(body));
                findings.Error(
                    entry.Key.Span, $"{Where}: a step is a map such as {{assign: […]}}, found {entry.Value.Told}");
                return null;
            case SourceNode.Scalar { IsText: true } name:
                return Jump(name);
            case SourceNode.Map map:
                findings.Error(
                    item.Span, $"{Where}: a step is a map with one key, its name; found {map.Entries.Count} keys",
                    map.Entries.Count > 1 ? "indent the step's body below its name" : null);
                return null;
            default:
                findings.Error(item.Span, $"{Where}: a step is a map with one key, its name; found {item.Told}");
                return null;
        }
    }

    /// <summary>T18: a pure jump.</summary>
    private Step Jump(SourceNode.Scalar target)
    {
        findings.Tolerate(
            "T18", target.Span, $"{Where}: a step has a name and a body, found a bare jump to '{target.Text}'",
            $"write - a_name: {{next: {target.Text}}}");
        return new Step(target.Text + " (jump)", target.Span, new Block([], new Target(target.Text, target.Span)));
    }

    /// <summary>The body of a named step: one primary key and its companions.</summary>
    private Block StepBlock(SourceNode.Map map)
    {
        var primary = map.Entries.FirstOrDefault(entry => IsPrimary(entry.Key.Text))?.Key.Text;
        var hasBoth = map["switch"] is not null && map["assign"] is not null;
        if (hasBoth)
        {
            primary = "switch";
            findings.Tolerate(
                "T17", map.Find("assign")!.Key.Span, $"{Where}: unexpected entry 'assign' beside 'switch'",
                "put the assignments into a step of their own");
        }

        foreach (var entry in map.Entries)
            if (!(hasBoth && entry.Key.Text == "assign") && !Belongs(entry.Key.Text, primary))
                Unexpected(entry.Key, primary);
        return hasBoth
            ? new Block([.. Bodies(map, ["switch", "assign"])], Next(map))
            : new Block(primary is null ? [] : [.. Bodies(map, [primary])], Next(map, isDue: primary is null));
    }

    /// <summary>The inside of a condition or an inline `try`: any bodies, in the order of the language.</summary>
    private Block InlineBlock(SourceNode.Map map, string own)
    {
        foreach (var entry in map.Entries)
        {
            var key = entry.Key.Text;
            if (key == own || IsPrimary(key) || key == "next")
                continue;
            var needs = key switch
            {
                "args" or "result" => "call",
                "retry" or "except" => "try",
                _ => null,
            };
            if (needs is null || map[needs] is null)
                Unexpected(entry.Key, null);
        }

        return new Block([.. Bodies(map, _primaries)], Next(map));
    }

    private IEnumerable<Body> Bodies(SourceNode.Map map, string[] kinds)
    {
        foreach (var kind in kinds)
            if (map.Find(kind) is { } entry && BodyOf(entry, map) is { } body)
                yield return body;
    }

    private Body? BodyOf(SourceEntry entry, SourceNode.Map map) => entry.Key.Text switch
    {
        "assign" => Assign(entry),
        "call" => Call(entry, map),
        "switch" => Switch(entry),
        "for" => For(entry),
        "parallel" => Parallel(entry),
        "try" => Try(entry, map),
        "steps" => new Body.Group(entry.Key.Span, Steps(entry.Value, $"{Where}: 'steps'")),
        "raise" => new Body.Raise(entry.Key.Span, entry.Value),
        "return" => new Body.Return(entry.Key.Span, entry.Value),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Target? Next(SourceNode.Map map, bool isDue = false)
    {
        if (map.Find("next") is not { } next)
        {
            if (isDue && map.Entries.Count == 0)
                findings.Error(
                    map.Span, $"{Where}: it does nothing", $"one of {string.Join(", ", _primaries)} or next");
            return null;
        }

        if (next.Value is SourceNode.Scalar { Text.Length: > 0 } name && !Names.LooksLikeExpression(name.Text))
            return new Target(name.Text, name.Span);
        findings.Error(next.Value.Span, $"{Where}: 'next' is the name of a step, found {next.Value.Told}");
        return null;
    }

    private void Unexpected(SourceNode.Scalar key, string? primary)
    {
        var known = primary is null ? [.. _primaries, "next"] : Companions(primary);
        var near = Nearest.Of(key.Text, known);
        findings.Error(
            key.Span, $"{Where}: unexpected entry '{key.Text}'" + (primary is null ? "" : $" beside '{primary}'"),
            near is not null ? $"did you mean '{near}'?"
                : known.Length == 0 ? $"'{primary}' stands alone"
                : $"known here: {string.Join(", ", known)}");
    }

    private static bool IsPrimary(string key) => Array.IndexOf(_primaries, key) >= 0;

    private static bool Belongs(string key, string? primary) =>
        key == primary || (primary is null ? key == "next" : Array.IndexOf(Companions(primary), key) >= 0);

    private static string[] Companions(string primary) => primary switch
    {
        "call" => ["args", "result", "next"],
        "try" => ["retry", "except", "result", "next"],
        "raise" or "return" => [],
        _ => ["next"],
    };
}
