using System.Text;

namespace Cairn.Simulation.Scripts;

/// <summary>
/// What a script's result is without faults, by reading it: independent of the engine and of the program. A test holds
/// the fault-free simulation against it.
/// </summary>
internal static class ScriptOracle
{
    /// <summary>The result, and which of its lines may say `unknown` instead.</summary>
    public static string Result(Script script)
    {
        var text = new StringBuilder();
        foreach (var step in ScriptStep.Unfold(script))
            text.Append(step.Name).Append(' ').Append(Of(step)).Append('\n');
        return text.ToString();
    }

    /// <summary>
    /// What differs between a run's result and the fault-free one; null: nothing that a fault may not do.
    /// <paramref name="complete"/>: the run was not cancelled, so no line may be missing.
    /// </summary>
    public static string? Difference(Script script, string result, bool complete)
    {
        var lines = result.Split('\n');
        var steps = ScriptStep.Unfold(script);
        if (lines.Length != steps.Count + 1) return $"{lines.Length - 1} lines for {steps.Count} steps";
        foreach (var step in steps)
        {
            var expected = $"{step.Name} {Of(step)}";
            var line = lines[step.Number];
            var may = line == expected
                || (step.Script is Script.Effect { Verb: "post" } && line == $"{step.Name} unknown")
                || (!complete && IsUnfinished(step, line))
                || (step.Script is Script.Child child && ChildMay(step, child, line, complete));
            if (!may) return $"expected `{expected}`, got `{line}`";
        }

        return null;
    }

    private static bool IsUnfinished(ScriptStep step, string line) =>
        line == $"{step.Name} "
        || (step.Script is Script.Listen && line == $"{step.Name}  x1")
        || (step.Script is Script.Gang && $"{step.Name} {Of(step)}".StartsWith(line, StringComparison.Ordinal));

    private static bool ChildMay(ScriptStep step, Script.Child child, string line, bool complete)
    {
        var prefix = $"{step.Name} ";
        return line.StartsWith(prefix, StringComparison.Ordinal)
            && Difference(child.Body, line[prefix.Length..].Replace(';', '\n'), complete) is null;
    }

    private static string Of(ScriptStep step) => step.Script switch
    {
        Script.Effect { Verb: "read" } or Script.Flaky => $"read {step.Name}",
        Script.Effect { Verb: "task" } => "ran",
        Script.Effect { Verb: "put" } => "generation 1",
        Script.Effect { Verb: "lock" } => "held 1",
        Script.Effect { Verb: "drop" } => "dropped",
        Script.Effect { Verb: "post" } => "posted",
        Script.Gang gang => string.Concat(Enumerable.Repeat("ran together,", gang.Members)),
        Script.Sleep => "slept",
        Script.Listen => "heard x1",
        Script.Spin => "spun",
        Script.Orphan => "left",
        Script.Child child => Result(child.Body).Replace('\n', ';'),
        _ => "",
    };
}
