using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Engine.Effects;

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

    /// <summary>Reads `{"call": NAME, "args": {…}, "lenient": BOOL}`.</summary>
    public static Call Read(EffectOrder order)
    {
        var root = JsonElement.Parse(order.Ask.Request.Span);
        var lenient = root.TryGetProperty("lenient", out var flag) && flag.ValueKind == JsonValueKind.True;
        root.TryGetProperty("args", out var arguments);
        return new Call(root.GetProperty("call").GetString()!, new CallArguments(arguments, lenient), order);
    }
}

/// <summary>
/// Makes one attempt at a call. Its answer is in the engine's coding; a failure is a <see cref="CallFault"/>.
/// </summary>
internal delegate ValueTask<JsonNode?> CallBody(Call call, CancellationToken cancel);
