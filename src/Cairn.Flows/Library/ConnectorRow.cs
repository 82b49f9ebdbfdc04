using Cairn.Flows.Values;

namespace Cairn.Flows.Library;

/// <summary>
/// A row of the connectors' tables: a method and its arguments in one text. `name!` is required, `pageToken` is not,
/// `timeout?` is what only leniency accepts, `parent=name` a wrong name that leniency takes for the right one.
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
            .Select(Parameter)
            .Append(Signatures.May("connector_params", default, FlowKind.Map))
            // Expressions give arguments by place: what only leniency knows takes none.
            .OrderBy(static parameter => parameter.IsLenient);
        return new CallSignature($"googleapis.{Method}", [.. parameters], CallNature.Effect)
        {
            Effect = Kind,
            IsOperation = IsOperation,
            AliasOf = AliasOf is null ? null : $"googleapis.{AliasOf}",
            IsLenient = AliasOf is not null,
        };
    }

    private static CallParameter Parameter(string word)
    {
        var name = word.TrimEnd('!', '?');
        if (name.IndexOf('=', StringComparison.Ordinal) is var sign and > 0)
            return Signatures.May(name[..sign]) with { IsLenient = true, StandsFor = name[(sign + 1)..] };
        return word.EndsWith('!')
            ? Signatures.Needs(name)
            : Signatures.May(name) with { IsLenient = word.EndsWith('?') };
    }
}
