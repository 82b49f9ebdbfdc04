using Cairn.Flows.Expressions;
using Cairn.Flows.Library;
using Cairn.Flows.Program;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;
using Cairn.Flows.Values;

namespace Cairn.Flows.Compiling;

/// <summary>From a flow's source to the flow as it runs, or to all that is wrong with it.</summary>
public static class FlowCompiler
{
    private const int SizeCeiling = 128 << 10;

    /// <summary>Compiles a source. Never throws on bad input.</summary>
    public static FlowOutcome Compile(FlowSource source, FlowOptions options)
    {
        var text = new SourceText(source.Text);
        var findings = new Findings(text, source.File, options);
        Flow? flow = null;
        if (SourceReader.Read(text, findings) is { } root && new DocumentReader(findings).Read(root) is { } document)
            flow = new Flow(document, Compile(document, text, findings, options), text);
        if (text.Text.Length > SizeCeiling)
            findings.Limit(
                "T02", default,
                $"the source has {text.Text.Length} characters, the original takes at most {SizeCeiling}",
                "split it into several flows");
        return new FlowOutcome(findings.Failed ? null : flow, findings.Errors, findings.Warnings);
    }

    private static FlowCode Compile(FlowDocument document, SourceText source, Findings findings, FlowOptions options)
    {
        var routines = new SortedDictionary<string, RoutineCode>(StringComparer.Ordinal);
        foreach (var routine in document.Routines)
        {
            Name(routine, findings);
            routines.TryAdd(routine.Name, new RoutineCode(routine.Name, Parameters(routine, source, findings)));
        }

        var parts = new FlowParts(source, findings, options, new CallTable(routines, options.Lenient));
        foreach (var routine in document.Routines)
            if (routines[routine.Name].Layout.Size == 0)
                RoutineCompiler.Compile(parts, routine, routines[routine.Name]);
        var code = new FlowCode
        {
            Main = routines[Routine.MainName],
            Routines = routines,
            Steps = parts.Steps,
            Options = options,
            Ops = parts.Ops.All,
        };
        if (findings.Failed)
            return code;
        foreach (var op in parts.Ops.All)
            op.Link();
        foreach (var routine in routines.Values)
            routine.Link();
        return code;
    }

    private static void Name(Routine routine, Findings findings)
    {
        if (FlowLibrary.Find(routine.Name) is { IsLenient: false })
            findings.Error(
                routine.Span, $"in workflow '{routine.Name}': a subworkflow cannot have the name of a function",
                "rename it");
    }

    private static List<ParameterCode> Parameters(Routine routine, SourceText source, Findings findings) =>
        [.. routine.Parameters.Select(parameter => new ParameterCode(
            parameter.Name, parameter.Default is { } given
                ? Default(given, source, findings, routine)
                : FlowValue.Unassigned))];

    /// <summary>A default is a value of no variables.</summary>
    private static FlowValue Default(SourceNode node, SourceText source, Findings findings, Routine routine)
    {
        var where = $"in workflow '{routine.Name}', params";
        var none = new SortedDictionary<string, RoutineCode>(StringComparer.Ordinal);
        var table = new CallTable(none, findings.IsLenient);
        var expressions = new ExpressionReader(source, findings);
        var values = new ValueCompiler(expressions, table, new CallCompiler(table, findings), findings);
        if (values.Waits(node))
        {
            findings.Error(node.Span, $"{where}: a default cannot wait for a call");
            return FlowValue.Null;
        }

        var scope = new Scope(ScopeKind.Routine, null, new FrameLayout(routine.Name), routine.Name);
        var point = new CodePoint(new OpSequence(new OpTable()), scope, where) { Handled = new SortedSet<string>() };
        try
        {
            return values.Compile(node, point)
                .Evaluate(new FlowFrame(0), new Evaluation(EvaluationInputs.None, findings.IsLenient));
        }
        catch (FlowError error)
        {
            findings.Error(node.Span, $"{where}: {error.Message}");
            return FlowValue.Null;
        }
    }
}
