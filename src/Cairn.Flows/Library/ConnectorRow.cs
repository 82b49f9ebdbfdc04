using Cairn.Flows.Values;

namespace Cairn.Flows.Library;

/// <summary>
/// A row of the connectors' tables: a method and its arguments in one text, `name! pageToken`, those with a `!`
/// required. `body` and `connector_params` are written like all others.
/// </summary>
internal sealed record ConnectorRow(string Method, EffectKind Kind, string Arguments)
{
    /// <summary>Whether the call waits for a long-running operation.</summary>
    public bool IsOperation { get; init; }

    /// <summary>The method that it stands for, under leniency only (T25).</summary>
    public string? AliasOf { get; init; }

    /// <summary>The signature; every method takes `connector_params` (6.1).</summary>
    public CallSignature ToSignature()
    {
        var parameters = Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static word => word.EndsWith('!')
                ? Signatures.Needs(word[..^1])
                : Signatures.May(word))
            .Append(Signatures.May("connector_params", default, FlowKind.Map));
        return new CallSignature($"googleapis.{Method}", [.. parameters], CallNature.Effect)
        {
            Effect = Kind,
            IsOperation = IsOperation,
            AliasOf = AliasOf is null ? null : $"googleapis.{AliasOf}",
            IsLenient = AliasOf is not null,
        };
    }
}
