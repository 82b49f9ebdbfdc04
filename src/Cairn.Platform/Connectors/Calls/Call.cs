using System.Text.Json.Nodes;
using Cairn.Engine.Effects;
using Cairn.Flows.Values;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>One call of a flow, as its performer sees it.</summary>
/// <param name="Name">`googleapis.storage.v1.objects.get`.</param>
/// <param name="Arguments">What it was given.</param>
/// <param name="Order">The effect: its key makes a write happen once.</param>
internal sealed record Call(string Name, CallArguments Arguments, EffectOrder Order)
{
    /// <summary>The effect's key as text.</summary>
    public string Key => Order.Key.ToString();

    /// <summary>Says where a long call stands; for people.</summary>
    public Action<JsonNode> Progress { get; init; } = static _ => { };

    /// <summary>Says under which handle it goes on; journaled.</summary>
    public Action<string> Accept { get; init; } = static _ => { };
}

/// <summary>Makes one attempt at a call; a failure is a <see cref="CallFault"/>.</summary>
internal delegate ValueTask<FlowValue> CallBody(Call call, CancellationToken cancel);
