using Cairn.Flows.Expressions;
using Cairn.Flows.Library;
using Cairn.Flows.Program;

namespace Cairn.Flows.Compiling;

/// <summary>What can be called in one flow: its routines, the library, the connectors.</summary>
internal sealed class CallTable(IReadOnlyDictionary<string, RoutineCode> routines, bool isLenient)
{
    /// <summary>Whether T01 to T30 hold.</summary>
    public bool IsLenient => isLenient;

    /// <summary>The routines of the flow.</summary>
    public IReadOnlyDictionary<string, RoutineCode> Routines => routines;

    /// <summary>Whether a name is a routine of the flow.</summary>
    public bool IsRoutine(string name) => name != "main" && routines.ContainsKey(name);

    /// <summary>The signature of a function or connector; null: there is none.</summary>
    public CallSignature? Find(string name) =>
        FlowLibrary.Find(name) is { } known && (isLenient || !known.IsLenient) ? known : null;

    /// <summary>Whether a call of this name waits, or may.</summary>
    public bool Waits(string function) => routines.ContainsKey(function) || Find(function) is { MayWait: true };

    /// <summary>Whether evaluating an expression waits, or may.</summary>
    public bool Waits(Expr syntax)
    {
        if (syntax is Expr.Literal or Expr.Identifier or Expr.Hole)
            return false;
        foreach (var site in syntax.Calls(isLenient))
            if (Waits(site.Call.Function))
                return true;
        return false;
    }
}
