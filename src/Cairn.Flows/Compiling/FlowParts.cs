using Cairn.Flows.Program;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Compiling;

/// <summary>What the compilation of all routines of a flow shares.</summary>
internal sealed class FlowParts
{
    private readonly SourceText _source;
    private readonly List<StepCode> _steps = [];
    private readonly SortedDictionary<string, int> _ids = new(StringComparer.Ordinal);
    private int _depth;

    /// <summary>The parts of one flow.</summary>
    public FlowParts(SourceText source, Findings findings, FlowOptions options, CallTable table)
    {
        (_source, Findings, Options) = (source, findings, options);
        Expressions = new ExpressionReader(source, findings);
        Calls = new CallCompiler(table, findings);
        Values = new ValueCompiler(Expressions, table, Calls, findings);
        Retries = new RetryCompiler(table, Values, findings);
    }

    /// <summary>What is wrong or odd.</summary>
    public Findings Findings { get; }

    /// <summary>How the flow is looked at.</summary>
    public FlowOptions Options { get; }

    /// <summary>Reads expressions.</summary>
    public ExpressionReader Expressions { get; }

    /// <summary>Compiles values.</summary>
    public ValueCompiler Values { get; }

    /// <summary>Compiles calls.</summary>
    public CallCompiler Calls { get; }

    /// <summary>Compiles retry policies.</summary>
    public RetryCompiler Retries { get; }

    /// <summary>All operations.</summary>
    public OpTable Ops { get; } = new();

    /// <summary>All steps in the order of the text.</summary>
    public IReadOnlyList<StepCode> Steps => _steps;

    /// <summary>Line and column of a stretch of the source.</summary>
    public SourcePlace PlaceOf(SourceSpan span) => _source.PlaceOf(span);

    /// <summary>Begins a step; its id is unique also where its name is not (T20).</summary>
    public StepCode Begin(Step step, string routine, string path, string kind)
    {
        var count = _ids[path] = _ids.GetValueOrDefault(path) + 1;
        var id = count == 1 ? path : $"{path}~{count}";
        var code = new StepCode(_steps.Count, step.Name, routine, id, PlaceOf(step.Span), kind, _depth++);
        _steps.Add(code);
        return code;
    }

    /// <summary>Ends a step.</summary>
    public void End() => _depth--;
}
