namespace Cairn.Flows.Program;

/// <summary>What a run ended with (spec/workflows.md 4.6, 7.1). Closed.</summary>
internal abstract record FlowEnd
{
    private FlowEnd() { }

    /// <summary>`main` returned; its value as plain UTF-8 JSON.</summary>
    public sealed record Succeeded(byte[] Json) : FlowEnd;

    /// <summary>An error that nothing handled.</summary>
    public sealed record Failed(Raised Raised) : FlowEnd;

    /// <summary>Cancelled or terminated.</summary>
    public sealed record Cancelled(string Reason) : FlowEnd;
}
