using Cairn.Engine.Effects;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>What a waiting strand gets. Closed.</summary>
internal abstract record Wake
{
    private Wake() { }

    /// <summary>Its effect has ended.</summary>
    public sealed record Effect(Ending Ending, ReadOnlyMemory<byte> Result) : Wake;

    /// <summary>One of its timers is due.</summary>
    public sealed record Timer(string Purpose) : Wake;

    /// <summary>A request arrived at a callback endpoint that it awaits.</summary>
    public sealed record Request(FlowValue Value) : Wake;

    /// <summary>All its branches have ended.</summary>
    public sealed record Branches : Wake
    {
        /// <summary>The only instance.</summary>
        public static Branches Instance { get; } = new();
    }
}
