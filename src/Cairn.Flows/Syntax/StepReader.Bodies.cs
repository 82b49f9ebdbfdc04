using Cairn.Flows.Sources;

namespace Cairn.Flows.Syntax;

/// <content>Bodies without steps of their own, and `try`.</content>
internal sealed partial class StepReader
{
    private const int EntryCeiling = 50;

    private Body.Assign? Assign(SourceEntry entry)
    {
        if (entry.Value is not SourceNode.List { Items.Count: > 0 } list)
        {
            findings.Error(
                entry.Value.Span, $"{Where}: 'assign' is a list of 'name: value', found {Found(entry.Value)}",
                "- x: 1");
            return null;
        }

        Ceiling("assign", list, "assignments");
        var entries = new List<Assignment>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is SourceNode.Map { Entries: [var one] })
                entries.Add(new Assignment(one.Key, one.Value));
            else
                findings.Error(
                    item.Span, $"{Where}: an assignment is one 'name: value', found {Found(item)}", "- x: 1");
        }

        return new Body.Assign(entry.Key.Span, entries);
    }

    private Body.Call? Call(SourceEntry entry, SourceNode.Map map)
    {
        if (entry.Value is not SourceNode.Scalar { IsText: true } name || Names.LooksLikeExpression(name.Text))
        {
            findings.Error(
                entry.Value.Span, $"{Where}: 'call' is the name of a function, found {entry.Value.Told}",
                "a name such as http.get or a subworkflow's; expressions are not called");
            return null;
        }

        IReadOnlyList<SourceEntry> arguments = [];
        switch (map["args"])
        {
            case null or SourceNode.Scalar { Value.Kind: CoreKind.Null }:
                break;
            case SourceNode.Map given:
                arguments = given.Entries;
                break;
            case { } other:
                findings.Error(other.Span, $"{Where}: 'args' is a map of names and values, found {other.Told}");
                break;
        }

        return new Body.Call(entry.Key.Span, name, arguments, ResultOf(map));
    }

    private Variable? ResultOf(SourceNode.Map map) => map["result"] is { } result ? Name(result, "result") : null;

    private Variable? Name(SourceNode node, string key)
    {
        if (node is SourceNode.Scalar { IsText: true } name && Names.IsVariable(name.Text))
            return new Variable(name.Text, name.Span);
        findings.Error(
            node.Span, $"{Where}: '{key}' is the name of a variable, found {node.Told}", Names.Rule);
        return null;
    }

    private Body.Switch? Switch(SourceEntry entry)
    {
        if (entry.Value is not SourceNode.List { Items.Count: > 0 } list)
        {
            findings.Error(
                entry.Value.Span, $"{Where}: 'switch' is a list of conditions, found {Found(entry.Value)}",
                "- condition: ${…}");
            return null;
        }

        Ceiling("switch", list, "conditions");
        var cases = new List<Case>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is SourceNode.Map map && map["condition"] is { } condition)
            {
                var block = InlineBlock(map, "condition");
                cases.Add(new Case(condition, block));
            }
            else
            {
                findings.Error(
                    item.Span, $"{Where}: an entry of 'switch' has a 'condition', found {Found(item)}",
                    "- condition: ${…}\n  next: a_step");
            }
        }

        return new Body.Switch(entry.Key.Span, cases);
    }

    private Body.Try? Try(SourceEntry entry, SourceNode.Map map)
    {
        if (entry.Value is not SourceNode.Map inside)
        {
            findings.Error(
                entry.Value.Span, $"{Where}: 'try' is a map such as {{call: …}} or {{steps: […]}}, "
                + $"found {entry.Value.Told}");
            return null;
        }

        if (inside.Find("next") is { } next)
            findings.Error(
                next.Key.Span, $"{Where}: unexpected entry 'next' inside 'try'", "put 'next' beside 'try'");
        var tried = InlineBlock(inside, "") with { Next = null };
        if (tried.Bodies.Count == 0 && inside.Entries.Count == 0)
            findings.Error(inside.Span, $"{Where}: 'try' holds nothing to try");
        if (map.Find("result") is { } result)
            tried = WithResult(tried, result);
        return new Body.Try(entry.Key.Span, tried, map["retry"], ExceptOf(map));
    }

    /// <summary>T16: the result of the only call inside.</summary>
    private Block WithResult(Block tried, SourceEntry result)
    {
        findings.Tolerate(
            "T16", result.Key.Span, $"{Where}: unexpected entry 'result' beside 'try'",
            "put 'result' beside the 'call' inside 'try'");
        if (tried.Bodies is [Body.Call { Result: null } call])
            return tried with { Bodies = [call with { Result = Name(result.Value, "result") }] };
        findings.Error(
            result.Key.Span, $"{Where}: 'result' beside 'try' needs exactly one 'call' inside that has none");
        return tried;
    }

    private Except? ExceptOf(SourceNode.Map map)
    {
        if (map["except"] is not { } node)
            return null;
        if (node is not SourceNode.Map except || except["steps"] is not { } steps)
        {
            findings.Error(
                node.Span, $"{Where}: 'except' is a map with 'steps' and mostly 'as', found {Found(node)}",
                "except: {as: e, steps: […]}");
            return null;
        }

        Only(except, "except", ["as", "steps"]);
        var variable = except["as"] is { } name ? Name(name, "as") : null;
        return new Except(variable, Steps(steps, $"{Where}: 'steps' of 'except'"));
    }

    private void Only(SourceNode.Map map, string owner, string[] keys)
    {
        foreach (var entry in map.Entries)
            if (Array.IndexOf(keys, entry.Key.Text) < 0)
                findings.Error(
                    entry.Key.Span, $"{Where}: unexpected entry '{entry.Key.Text}' in '{owner}'",
                    Nearest.Of(entry.Key.Text, keys) is { } near
                        ? $"did you mean '{near}'?"
                        : $"known here: {string.Join(", ", keys)}");
    }

    private void Ceiling(string key, SourceNode.List list, string what)
    {
        if (list.Items.Count > EntryCeiling)
            findings.Limit(
                key, list.Span, $"{Where}: {list.Items.Count} {what}, the original takes at most {EntryCeiling}",
                "split the step");
    }

    private static string Found(SourceNode node) => node switch
    {
        SourceNode.List { Items.Count: 0 } => "an empty list",
        SourceNode.Map { Entries.Count: 0 } => "an empty map",
        SourceNode.Map map => $"a map of {string.Join(", ", map.Entries.Take(3).Select(entry => entry.Key.Text))}",
        _ => node.Told,
    };
}
