using Cairn.Flows.Sources;

namespace Cairn.Flows.Trials;

/// <summary>Which conditions of a flow were met and which were not, over all runs that it watches.</summary>
internal sealed class FlowTrace
{
    private readonly SortedDictionary<(int Line, int Column), (bool Met, bool Unmet)> _conditions = [];

    /// <summary>A condition was looked at.</summary>
    public void Condition(SourcePlace place, bool isMet)
    {
        var before = _conditions.GetValueOrDefault((place.Line, place.Column));
        _conditions[(place.Line, place.Column)] = (before.Met || isMet, before.Unmet || !isMet);
    }

    /// <summary>Whether a condition was met by any run, and whether it was not.</summary>
    public (bool Met, bool Unmet) Of(SourcePlace place) => _conditions.GetValueOrDefault((place.Line, place.Column));
}
