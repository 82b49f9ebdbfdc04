using System.Text;
using Cairn.Engine.Effects;

namespace Cairn.Simulation.Worlds;

/// <summary>A request as the world reads it: `n3 gang 1`.</summary>
/// <param name="Step">The step of the script.</param>
/// <param name="Verb">What to do.</param>
/// <param name="Number">How often it fails, or which member; 0 where it means nothing.</param>
internal readonly record struct Act(string Step, string Verb, int Number)
{
    /// <summary>Reads an order's request.</summary>
    public static Act Of(EffectOrder order)
    {
        var words = Encoding.UTF8.GetString(order.Ask.Request.Span).Split(' ', 3);
        var number = words.Length > 2 && int.TryParse(words[2], out var read) ? read : 0;
        return new Act(words[0], words[1], number);
    }

    /// <summary>
    /// What the act is to the people who wanted it, whatever its key: `run/n3 gang 1`, with the attempt. Two keys for
    /// one of these mean that it was done twice.
    /// </summary>
    public string Wanted(EffectOrder order) => $"{order.Key.Run}/{Step} {Verb} {Number} attempt {order.Ask.Attempt}";
}
