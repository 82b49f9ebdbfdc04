namespace Cairn.Simulation.Scripts;

/// <summary>One part of a script with what has become of it.</summary>
internal sealed class ScriptStep(int number, Script script, int parent)
{
    /// <summary>Its place in the script, counted from the front: the stable id.</summary>
    public int Number { get; } = number;

    /// <summary>What it does.</summary>
    public Script Script { get; } = script;

    /// <summary>The part around it; -1: none.</summary>
    public int Parent { get; } = parent;

    /// <summary>The parts of a sequence or fan.</summary>
    public List<int> Parts { get; } = [];

    public bool Started { get; set; }

    public bool Over { get; set; }

    /// <summary>Attempts of a flaky effect, fuel still to burn, members that are ready.</summary>
    public int Count { get; set; }

    /// <summary>When a sleep may end, in ticks of the wall clock.</summary>
    public long Due { get; set; }

    /// <summary>How many signals came for it; more than one is an error that the result shows.</summary>
    public int Heard { get; set; }

    /// <summary>What its effects answered, in the order of the members.</summary>
    public string Result { get; set; } = "";

    /// <summary>The word in requests, labels and results.</summary>
    public string Name => $"n{Number}";

    /// <summary>A script and all its parts, from the front.</summary>
    public static List<ScriptStep> Unfold(Script script)
    {
        var steps = new List<ScriptStep>();
        Unfold(script, -1, steps);
        return steps;
    }

    private static int Unfold(Script script, int parent, List<ScriptStep> steps)
    {
        var step = new ScriptStep(steps.Count, script, parent);
        steps.Add(step);
        var parts = script switch
        {
            Script.Sequence of => of.Parts,
            Script.Fan of => of.Parts,
            _ => [],
        };
        foreach (var part in parts) step.Parts.Add(Unfold(part, step.Number, steps));
        return step.Number;
    }
}
