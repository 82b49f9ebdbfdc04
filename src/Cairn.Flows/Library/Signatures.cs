using Cairn.Flows.Values;

namespace Cairn.Flows.Library;

/// <summary>Short forms for rows of the tables.</summary>
internal static class Signatures
{
    /// <summary>A required parameter.</summary>
    public static CallParameter Needs(string name, params FlowKind[] kinds) => new(name, true, FlowValue.Null, kinds);

    /// <summary>A parameter that may be left out.</summary>
    public static CallParameter May(string name, FlowValue fallback = default, params FlowKind[] kinds) =>
        new(name, false, fallback, kinds);

    /// <summary>A pure function.</summary>
    public static PureFunction Pure(string name, Marking marking, CallParameter[] parameters, PureBody body) =>
        new(new CallSignature(name, parameters, CallNature.Pure), marking, body);

    /// <summary>A pure function that only leniency provides (T09).</summary>
    public static PureFunction Lenient(string name, Marking marking, CallParameter[] parameters, PureBody body) =>
        new(new CallSignature(name, parameters, CallNature.Pure) { IsLenient = true }, marking, body);

    /// <summary>A call that the program itself does.</summary>
    public static CallSignature ByProgram(string name, params CallParameter[] parameters) =>
        new(name, parameters, CallNature.Program);

    /// <summary>A call that a performer does.</summary>
    public static CallSignature Effect(string name, EffectKind kind, params CallParameter[] parameters) =>
        new(name, parameters, CallNature.Effect) { Effect = kind };
}
