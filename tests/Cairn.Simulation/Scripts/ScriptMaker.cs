using Cairn.Simulation.Seeds;

namespace Cairn.Simulation.Scripts;

/// <summary>Draws small scripts; deep enough to nest what matters, small enough for hundreds a second.</summary>
internal static class ScriptMaker
{
    /// <summary>A script of at most about <paramref name="size"/> parts.</summary>
    public static Script Make(Dice dice, int size)
    {
        var left = size;
        var parts = new List<Script>();
        while (left > 0) parts.Add(Part(dice, ref left, depth: 0, inChild: false));
        return new Script.Sequence(parts);
    }

    private static Script Part(Dice dice, ref int left, int depth, bool inChild)
    {
        left--;
        var draw = dice.Below(100);
        if (depth < 3 && left > 1)
        {
            if (draw < 14) return new Script.Fan(Several(dice, ref left, depth, inChild));
            if (draw < 22) return new Script.Sequence(Several(dice, ref left, depth, inChild));
            if (draw < 27 && !inChild)
                return new Script.Child(new Script.Sequence(Several(dice, ref left, depth, inChild: true)));
        }

        return draw switch
        {
            < 35 => new Script.Sleep(dice.Between(1, 5000)),
            < 42 when !inChild => new Script.Listen(),
            < 50 => new Script.Flaky(dice.Between(1, 3)),
            < 57 => new Script.Gang(dice.Between(2, 3)),
            < 61 => new Script.Spin(dice.Between(1, 30_000)),
            < 63 => new Script.Orphan(),
            _ => new Script.Effect(dice.Pick(ScriptText.Verbs)),
        };
    }

    private static List<Script> Several(Dice dice, ref int left, int depth, bool inChild)
    {
        var parts = new List<Script>();
        for (var i = dice.Between(1, 4); i > 0; i--) parts.Add(Part(dice, ref left, depth + 1, inChild));
        return parts;
    }
}
