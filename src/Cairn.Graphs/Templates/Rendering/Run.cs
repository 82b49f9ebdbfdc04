using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates;

/// <summary>One rendering: its fuel, where it stands, and what autoescape blocks have switched.</summary>
internal sealed class Run(Fuel fuel)
{
    public Fuel Fuel => fuel;

    /// <summary>The place of the last thing done, for errors.</summary>
    public Place At { get; set; } = new(1, 1);

    public bool Autoescape { get; set; }

    /// <summary>The text of the filter block or set block whose filter is running.</summary>
    public PyStr? Captured { get; set; }
}
