using System.Collections.Frozen;
using Cairn.Flows.Expressions;
using Cairn.Flows.Library.Functions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Library;

/// <summary>
/// All that a flow can call, as tables: the standard library and the connectors that Cairn performs. What is not in it
/// does not exist, but for the routines of the flow itself.
/// </summary>
public static class FlowLibrary
{
    private static readonly FrozenDictionary<string, PureFunction[]> PureByName = StandardTable.Pure
        .GroupBy(static function => function.Signature.Name, StringComparer.Ordinal)
        .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, CallSignature> WaitingByName = StandardTable.Waiting
        .Concat(ConnectorTable.All)
        .ToFrozenDictionary(static signature => signature.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, FlowValue> Constants = RetryFunctions.Constants
        .ToFrozenDictionary(
            static constant => constant.Name, static constant => constant.Value, StringComparer.Ordinal);

    /// <summary>All signatures: the standard library, then the connectors. `map.get` has two forms (T09).</summary>
    public static IReadOnlyList<CallSignature> Signatures { get; } =
    [
        .. StandardTable.Pure.Select(static function => function.Signature), .. StandardTable.Waiting,
        .. ConnectorTable.All,
    ];

    /// <summary>
    /// The signature of a function or connector by its dotted name; of two forms the one with this number of arguments.
    /// It may exist only under leniency (<see cref="CallSignature.IsLenient"/>). Null for an unknown name.
    /// </summary>
    /// <param name="name">The dotted name.</param>
    /// <param name="arguments">The number of arguments of the call, -1 for any.</param>
    public static CallSignature? Find(string name, int arguments = -1) =>
        FindPure(name, arguments)?.Signature ?? WaitingByName.GetValueOrDefault(name);

    /// <summary>Whether the original has a function or connector of this name that Cairn does not perform.</summary>
    public static bool IsUnmapped(string name) => Find(name) is null && UnmappedConnectors.Knows(name);

    /// <summary>The connectors that are mapped, as services (`storage.v1`): for the message of one that is not.
    /// </summary>
    public static IReadOnlyList<string> MappedServices { get; } =
    [
        .. ConnectorTable.All.Where(static signature => signature.AliasOf is null)
            .Select(static signature => string.Join('.', signature.Name.Split('.')[1..3])).Distinct(),
    ];

    /// <summary>A value of the library that is no call: `http.default_retry`. Null for an unknown name.</summary>
    public static FlowValue? Constant(string name) => Constants.TryGetValue(name, out var value) ? value : null;

    /// <summary>Whether retry policies may name this function as their predicate.</summary>
    public static bool IsPredicate(string name) =>
        FindPure(name, 1)?.Signature is { Parameters: [{ Name: "exception" }] };

    /// <summary>
    /// The arguments of a call step in the order of the parameters, those that are missing as their defaults. Throws
    /// <see cref="FlowError"/> (TypeError) for an unknown argument or a required one that is missing.
    /// </summary>
    public static FlowValue[] Order(CallSignature signature, FlowMap arguments)
    {
        foreach (var (name, _) in arguments)
        {
            if (signature.Find(name) is null)
                throw FlowError.Type($"{signature.Name} has no argument {name}");
        }

        var values = new FlowValue[signature.Parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = signature.Parameters[i];
            if (arguments.TryGet(parameter.Name, out var value))
                values[i] = value;
            else if (parameter.IsRequired)
                throw FlowError.Type($"{signature.Name} needs argument {parameter.Name}");
            else
                values[i] = parameter.Default;
        }

        return values;
    }

    /// <summary>
    /// Calls a pure function with all its arguments in order. Throws <see cref="FlowError"/> and nothing else.
    /// </summary>
    public static FlowValue Invoke(CallSignature pure, ReadOnlySpan<FlowValue> arguments, Evaluation evaluation) =>
        (FindPure(pure.Name, arguments.Length) ?? throw new InvalidOperationException($"{pure.Name} is not pure"))
        .Invoke(arguments, evaluation);

    internal static PureFunction? FindPure(string name, int arguments)
    {
        if (!PureByName.TryGetValue(name, out var forms))
            return null;
        return Array.Find(forms, form => form.Signature.Parameters.Count == arguments) ?? forms[0];
    }

    /// <summary>The known name that is most like a misspelled one, or null.</summary>
    internal static string? Nearest(string name, IEnumerable<string> names) => names
        .Select(known => (Name: known, Distance: EditDistance(name, known)))
        .Where(known => known.Distance <= Math.Max(1, name.Length / 4))
        .OrderBy(static known => known.Distance).ThenBy(static known => known.Name, StringComparer.Ordinal)
        .Select(static known => known.Name).FirstOrDefault();

    private static int EditDistance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[^1];
    }
}
