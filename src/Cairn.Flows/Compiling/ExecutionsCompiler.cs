using Cairn.Flows.Expressions;
using Cairn.Flows.Library;
using Cairn.Flows.Program;
using Cairn.Flows.Program.Ops;

namespace Cairn.Flows.Compiling;

/// <summary>
/// `experimental.executions.map` (spec/workflows.md 3.5): one child run for each argument, at once as far as parallel
/// steps allow it, the results in the order of the arguments. It is a parallel loop that no author wrote.
/// </summary>
internal static class ExecutionsCompiler
{
    /// <summary>Its name.</summary>
    public const string Function = "experimental.executions.map";

    private const string Arguments = "arguments";

    /// <summary>Makes its operations.</summary>
    public static void Emit(List<string> names, Code[] codes, CodePoint at, SlotAddress? result, bool isLenient)
    {
        var slots = names.ConvertAll(_ => at.Temporary());
        var results = at.Temporary();
        for (var i = 0; i < names.Count; i++)
            at.Sequence.Emit(new AssignOp(slots[i], codes[i]));
        if (names.IndexOf(Arguments) is not (>= 0 and var list))
            return;
        at.Sequence.Emit(new AssignOp(results, new Code.Blank(ValueCompiler.Reading(slots[list]))));
        var layout = new FrameLayout($"{at.Sequence.Step.Id}/executions");
        var branch = new BranchCode("", layout) { Value = layout.Add("argument"), Index = layout.Add("index") };
        at.Sequence.Emit(new ParallelOp([branch], ValueCompiler.Reading(slots[list]), isRange: false, limit: null));
        branch.Entry = One(names, slots, (branch, layout.Add("result"), results), at.Sequence.Aside(), isLenient);
        if (result is { } address)
            CallCompiler.Store(at, address, ValueCompiler.Reading(results));
    }

    private static LabelOp One(
        List<string> names, List<int> slots, (BranchCode Branch, int Result, int Results) places, OpSequence aside,
        bool isLenient)
    {
        List<string> given = [];
        List<Code> codes = [];
        for (var i = 0; i < names.Count; i++)
        {
            var isList = names[i] == Arguments;
            given.Add(isList ? "argument" : names[i]);
            codes.Add(isList
                ? ValueCompiler.Reading(places.Branch.Value)
                : ValueCompiler.Reading(new SlotAddress(1, slots[i])));
        }

        var signature = FlowLibrary.Find("experimental.executions.run")!;
        aside.Emit(new EffectOp(
            signature, new CallArguments(given, [.. codes]), new SlotAddress(0, places.Result), isLenient));
        aside.Emit(new AssignPartOp(
            "results", new SlotAddress(1, places.Results), [ValueCompiler.Reading(places.Branch.Index)],
            ValueCompiler.Reading(places.Result), isLenient));
        aside.Emit(new EndOp());
        return aside.Start;
    }
}
