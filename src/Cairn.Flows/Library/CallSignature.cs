namespace Cairn.Flows.Library;

/// <summary>
/// How a function of the library or a method of a connector is called, as data: the compiler checks calls by it, the
/// program and the performers act by it, lint and the editor's schema are made from it.
/// </summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Parameters">In the order in which an expression gives them.</param>
/// <param name="Nature">Who does the work.</param>
public sealed record CallSignature(string Name, IReadOnlyList<CallParameter> Parameters, CallNature Nature)
{
    /// <summary>For an effect: its kind; for `http.request`, whose kind the method decides, that of a write.</summary>
    public EffectKind? Effect { get; init; }

    /// <summary>Whether the result is that of a long-running operation, for which the call waits (6.2).</summary>
    public bool IsOperation { get; init; }

    /// <summary>Whether it exists only under leniency (T09, T25).</summary>
    public bool IsLenient { get; init; }

    /// <summary>For a method that exists only as another (T25): the name that performers see.</summary>
    public string? AliasOf { get; init; }

    /// <summary>Whether it is a method of a connector, with `connector_params` and built-in retries (6.1).</summary>
    public bool IsConnector => Name.StartsWith("googleapis.", StringComparison.Ordinal);

    /// <summary>Whether a step or expression that calls it may have to wait.</summary>
    public bool MayWait => Nature != CallNature.Pure;

    /// <summary>The number of arguments that a call must give.</summary>
    public int RequiredCount => Parameters.Count(static parameter => parameter.IsRequired);

    /// <summary>The parameter of this name, or null.</summary>
    public CallParameter? Find(string name) => Parameters.FirstOrDefault(parameter => parameter.Name == name);
}
