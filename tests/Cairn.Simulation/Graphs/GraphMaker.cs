using System.Text;
using Cairn.Simulation.Seeds;

namespace Cairn.Simulation.Graphs;

/// <summary>
/// Draws graphs whose final states do not depend on the order of things: single tasks that succeed, fail, fail and are
/// rescheduled, or hang until their timeout; teams that start together behind a barrier; edges to earlier groups.
/// </summary>
internal static class GraphMaker
{
    /// <summary>How often the pool lets a task be rescheduled.</summary>
    public const int Retries = 2;

    /// <summary>A graph as text. A command is `x FAILURES CODE`, or `hang`.</summary>
    public static string Make(Dice dice, int number)
    {
        var text = new StringBuilder()
            .Append($"workflow:\n  name: graph{number}\n  timeout: {{exec_timeout: 90m, queue_timeout: 20h}}\n")
            .Append("  groups:\n");
        var groups = dice.Between(1, 5);
        for (var group = 0; group < groups; group++)
        {
            var inputs = Inputs(dice, group);
            if (dice.PerMille(350)) Team(text, dice, group, inputs);
            else Single(text, dice, group, inputs);
        }

        return text.ToString();
    }

    /// <summary>Whether a task of a graph hangs until its timeout.</summary>
    public static bool Hangs(string graph) => graph.Contains("[hang]", StringComparison.Ordinal);

    private static void Single(StringBuilder text, Dice dice, int group, string inputs)
    {
        var command = dice.Below(10) switch
        {
            0 => "[x, '99', '1']",
            1 => "[hang]",
            2 or 3 => $"[x, '{dice.Between(1, Retries + 1)}', '9']",
            _ => "[x, '0', '0']",
        };
        text.Append($"  - name: g{group}\n    tasks:\n    - {Task($"t{group}", command, lead: false, inputs)}\n");
    }

    private static void Team(StringBuilder text, Dice dice, int group, string inputs)
    {
        var barrier = dice.PerMille(700) ? "true" : "false";
        var lead = dice.PerMille(300) ? $"[x, '{dice.Between(1, Retries)}', '9']" : "[x, '0', '0']";
        text.Append($"  - name: g{group}\n    barrier: {barrier}\n    ignoreNonleadStatus: true\n    tasks:\n")
            .Append($"    - {Task($"t{group}", lead, lead: true, inputs)}\n");
        for (var member = dice.Between(1, 2); member > 0; member--)
            text.Append($"    - {Task($"t{group}m{member}", "[x, '0', '0']", lead: false, "")}\n");
    }

    private static string Task(string name, string command, bool lead, string inputs) =>
        $"{{name: {name}, image: busybox, command: {command}, exitActions: {{RESCHEDULE: 9}}"
        + $"{(lead ? ", lead: true" : "")}{inputs}}}";

    private static string Inputs(Dice dice, int group)
    {
        var upstream = Enumerable.Range(0, group).Where(_ => dice.PerMille(400)).Select(g => $"{{task: t{g}}}");
        return string.Join(", ", upstream) is { Length: > 0 } tasks ? $", inputs: [{tasks}]" : "";
    }
}
