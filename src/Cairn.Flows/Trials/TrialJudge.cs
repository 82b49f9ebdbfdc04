using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>Compares what happened in a test with what it expects.</summary>
internal static class TrialJudge
{
    /// <summary>What is different, a line or a few each; empty: the test passed.</summary>
    public static IReadOnlyList<string> Judge(TrialExpectation expected, TrialRecord record)
    {
        if (record.Faults.Count > 0) return record.Faults;
        return
        [
            .. End(expected, record), .. Calls(expected, record), .. Logs(expected, record), .. Steps(expected, record),
        ];
    }

    private static IEnumerable<string> End(TrialExpectation expected, TrialRecord record)
    {
        if (expected.Result is { } result)
        {
            if (record.Result is not { } found) yield return $"it failed: {Told(record)}";
            else if (!IsSameAside(result, found)) yield return $"result: expected {result}, got {found}";
        }
        else if (expected.Error is null && expected.Tags.Count == 0)
        {
            if (record.Result is null) yield return $"it failed: {Told(record)}";
        }
        else if (record.Error is not { } raised)
        {
            yield return $"expected an error, got the result {record.Result}";
        }
        else
        {
            if (expected.Error is { } error && !Subsets.Holds(error, raised))
                yield return $"error: expected at least {error}, got {raised}";
            foreach (var tag in expected.Tags.Where(tag => !HasTag(raised, tag)))
                yield return $"error: expected the tag {tag}, got {raised}";
        }

        if (expected.Elapsed is { } seconds && Math.Abs(record.Elapsed.TotalSeconds - seconds) > 0.001)
            yield return $"elapsed: expected {seconds} s, got {record.Elapsed.TotalSeconds} s";
    }

    private static IEnumerable<string> Calls(TrialExpectation expected, TrialRecord record)
    {
        if (expected.Calls is not { } wanted) yield break;
        for (var i = 0; i < Math.Max(wanted.Count, record.Calls.Count); i++)
        {
            if (i >= wanted.Count)
                yield return $"call {i + 1}: expected no more, got {record.Calls[i].Function} of step "
                    + $"'{record.Calls[i].Step}'";
            else if (i >= record.Calls.Count)
                yield return $"call {i + 1}: expected {wanted[i].Call}, got no more";
            else if (Difference(wanted[i], record.Calls[i]) is { } difference)
                yield return $"call {i + 1}: {difference}";
        }
    }

    private static string? Difference(ExpectedCall wanted, MadeCall made)
    {
        if (wanted.Call != made.Function) return $"expected {wanted.Call}, got {made.Function}";
        if (wanted.Step is { } step && step != made.Step) return $"expected it in step '{step}', got '{made.Step}'";
        if (wanted.Arguments is { } least && !Subsets.Holds(least, made.Arguments))
            return $"{made.Function}: expected at least the arguments {least}, got {made.Arguments}";
        return null;
    }

    private static IEnumerable<string> Logs(TrialExpectation expected, TrialRecord record)
    {
        if (expected.Logs is not { } wanted || wanted.SequenceEqual(record.Logs, StringComparer.Ordinal)) yield break;
        yield return "logs: expected\n" + Lines(wanted) + "\ngot\n" + Lines(record.Logs);
    }

    private static IEnumerable<string> Steps(TrialExpectation expected, TrialRecord record)
    {
        var executed = record.Steps.ToList();
        foreach (var step in expected.Reaches.Where(step => !executed.Contains(step)))
            yield return $"expected step '{step}' to be executed, it was not";
        foreach (var step in expected.Avoids.Where(executed.Contains))
            yield return $"expected step '{step}' not to be executed, it was";
    }

    private static string Lines(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? "  nothing" : string.Join('\n', lines.Select(line => $"  {line}"));

    /// <summary>Maps are equal in any order of their keys; numbers only with their kind.</summary>
    private static bool IsSameAside(FlowValue expected, FlowValue found)
    {
        if (expected.Kind != found.Kind) return false;
        switch (expected.Kind)
        {
            case FlowKind.List:
                var (left, right) = (expected.AsList(), found.AsList());
                return left.Count == right.Count && left.Zip(right).All(pair => IsSameAside(pair.First, pair.Second));
            case FlowKind.Map:
                var (one, other) = (expected.AsMap(), found.AsMap());
                return one.Count == other.Count
                    && one.All(entry => other.TryGet(entry.Key, out var there) && IsSameAside(entry.Value, there));
            default:
                return expected == found;
        }
    }

    private static bool HasTag(FlowValue raised, string tag) =>
        raised.Kind == FlowKind.Map && raised.AsMap().Get("tags") is { Kind: FlowKind.List } tags
        && tags.AsList().Contains(FlowValue.Of(tag));

    private static string Told(TrialRecord record) =>
        record.Context.Length > 0 ? record.Context.ReplaceLineEndings("; ") : $"{record.Error}";
}
