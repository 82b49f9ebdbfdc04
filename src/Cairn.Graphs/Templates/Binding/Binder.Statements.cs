using Cairn.Graphs.Templates.Rendering;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Binding;

/// <summary>One method for each statement.</summary>
internal sealed partial class Binder
{
    private Step Step(Statement statement, Frame frame) => statement switch
    {
        Statement.Output output => Output(output, frame),
        Statement.For loop => For(loop, frame),
        Statement.If branch => If(branch, frame.Soft()),
        Statement.Macro macro => Macro(macro, frame),
        Statement.CallBlock call => CallBlock(call, frame),
        Statement.FilterBlock filter => FilterBlock(filter, frame),
        Statement.With with => With(with, frame),
        Statement.Block block => Block(block, frame),
        Statement.Assign assign => Assign(assign, frame),
        Statement.AssignBlock assign => AssignBlock(assign, frame),
        Statement.Autoescape autoescape => Autoescape(autoescape, frame),
        Statement.Load load => Load(load, frame),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private OutputStep Output(Statement.Output output, Frame frame)
    {
        var parts = output.Parts.ToArray();
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Expr is not { } expr)
                continue;
            Expression(expr, frame, isPrinted: true);
            if (escape == EscapeMode.Depends
                && new ConstantCheck(escapesConstants, isVolatile: true).Printed(expr) is { } text)
            {
                parts[i] = new OutputPart(text, null, parts[i].Place);
            }
        }

        return new OutputStep(parts, escape);
    }

    private ForStep For(Statement.For loop, Frame frame)
    {
        if (StatementParts.StoredName(loop, "loop") is { } stored)
        {
            throw Parsing.TokenStream.Error(
                "Can't assign to special loop variable in for-loop target", stored.Place,
                PyErrorKind.TemplateAssertionError);
        }

        var function = loop.IsRecursive ? new FunctionScope(frame.Function) : null;
        var body = frame.Inner(function);
        var needsLoop = loop.IsRecursive || UndeclaredNames.Of(loop.Body, "loop").Count > 0
            || StatementParts.Blocks([loop]).Exists(static block => block.IsScoped);
        VariableRef? variable = needsLoop ? body.Function.Reach(body.Symbols.Parameter("loop")) : null;
        var scan = new SymbolScan(body.Symbols);
        scan.Parameters(loop.Target);
        scan.Statements(loop.Body);
        var otherwise = frame.Inner(function);
        new SymbolScan(otherwise.Symbols).Statements(loop.Otherwise);
        Expression(loop.Source, frame);
        var filter = loop.Test is null ? null : Filter(loop.Target, loop.Test, frame, body.Function);
        var code = new LoopCode(
            Target(loop.Target, body), variable, filter, body.Entry(), Steps(loop.Body, body),
            otherwise.Entry(), Steps(loop.Otherwise, otherwise));
        return new ForStep(loop.Source, code, function);
    }

    private LoopFilter Filter(Expr target, Expr test, Frame frame, FunctionScope around)
    {
        var inner = frame.Inner(new FunctionScope(around));
        var scan = new SymbolScan(inner.Symbols);
        scan.Parameters(target);
        scan.Expression(test);
        Expression(test, inner);
        return new LoopFilter(Target(target, inner), test, inner.Entry(), inner.Function);
    }

    private IfStep If(Statement.If branch, Frame frame)
    {
        var branches = new List<(Expr, Step[])>();
        foreach (var part in branch.Alternatives.Prepend(branch))
        {
            Expression(part.Test, frame);
            branches.Add((part.Test, Steps(part.Body, frame)));
        }

        return new IfStep([.. branches], Steps(branch.Otherwise, frame));
    }

    private MacroStep Macro(Statement.Macro macro, Frame frame) => new(
        MacroBody(macro.Name, macro.Parameters, macro.Defaults, macro.Body, macro, frame),
        frame.Reference(macro.Name), frame.IsTopLevel);

    private CallBlockStep CallBlock(Statement.CallBlock block, Frame frame)
    {
        var code = MacroBody(null, block.Parameters, block.Defaults, block.Body, block, frame);
        Expression(block.Call, frame);
        return new CallBlockStep(code, block.Call);
    }

    private MacroCode MacroBody(
        string? name, List<NameExpr> parameters, List<Expr> defaults, List<Statement> body, Statement statement,
        Frame outer)
    {
        var frame = outer.Inner(new FunctionScope(outer.Function)) with { IsBodyOfTemplate = false };
        var scan = new SymbolScan(frame.Symbols);
        parameters.ForEach(scan.Expression);
        defaults.ForEach(scan.Expression);
        scan.Statements(body);
        var special = UndeclaredNames.Of(body, "caller", "kwargs", "varargs");
        VariableRef? Special(string parameter) =>
            special.Contains(parameter, StringComparer.Ordinal) && !parameters.Exists(p => p.Name == parameter)
                ? frame.Function.Reach(frame.Symbols.Parameter(parameter))
                : null;
        var explicitCaller = parameters.FindIndex(static parameter => parameter.Name == "caller");
        if (special.Contains("caller", StringComparer.Ordinal) && explicitCaller >= 0
            && explicitCaller < parameters.Count - defaults.Count)
        {
            throw Fail(
                "When defining macros or call blocks the special \"caller\" argument must be omitted or be given a "
                + "default.",
                statement);
        }

        var caller = Special("caller");
        var named = Special("kwargs");
        var rest = Special("varargs");
        defaults.ForEach(value => Expression(value, frame));
        var bound = parameters.Select((parameter, i) => new MacroParameter(
            parameter.Name, frame.Reference(parameter.Name),
            defaults.ElementAtOrDefault(i - (parameters.Count - defaults.Count))));
        return new MacroCode(
            name, [.. bound], caller, named, rest, frame.Function, frame.Entry(), Steps(body, frame));
    }

    private FilterBlockStep FilterBlock(Statement.FilterBlock block, Frame frame)
    {
        var inner = frame.Inner();
        var scan = new SymbolScan(inner.Symbols);
        scan.Statements(block.Body);
        scan.Expression(block.Filter);
        var entry = inner.Entry();
        var steps = Steps(block.Body, inner);
        Expression(block.Filter, inner);
        return new FilterBlockStep(block.Filter, entry, steps, escape);
    }

    private WithStep With(Statement.With with, Frame frame)
    {
        var inner = frame.Inner();
        var scan = new SymbolScan(inner.Symbols);
        with.Targets.ForEach(scan.Expression);
        scan.Statements(with.Body);
        with.Values.ForEach(value => Expression(value, frame));
        var assignments = with.Targets.Zip(with.Values, (target, value) => (Target(target, inner), value));
        return new WithStep(inner.Entry(), [.. assignments], Steps(with.Body, inner));
    }

    private static BlockStep Block(Statement.Block block, Frame frame) => new(
        block.Name,
        block.IsScoped
            ? [.. frame.Symbols.Visible().Select(pair => (pair.Key, frame.Function.Reach(pair.Value)))]
            : null,
        block.IsRequired, block.Place);

    private AssignStep Assign(Statement.Assign assign, Frame frame)
    {
        Expression(assign.Value, frame);
        return new AssignStep(Target(assign.Target, frame), assign.Value, Exports(assign.Target, frame));
    }

    private AssignBlockStep AssignBlock(Statement.AssignBlock assign, Frame frame)
    {
        var inner = frame.Inner() with { IsBodyOfTemplate = false };
        var scan = new SymbolScan(inner.Symbols);
        scan.Statements(assign.Body);
        if (assign.Filter is not null)
            scan.Expression(assign.Filter);
        var entry = inner.Entry();
        var steps = Steps(assign.Body, inner);
        if (assign.Filter is not null)
            Expression(assign.Filter, inner);
        return new AssignBlockStep(
            Target(assign.Target, frame), assign.Filter, entry, steps, escape, Exports(assign.Target, frame));
    }

    private WithStep Autoescape(Statement.Autoescape block, Frame frame)
    {
        var inner = frame.Inner();
        var scan = new SymbolScan(inner.Symbols);
        scan.Expression(block.Value);
        scan.Statements(block.Body);
        Expression(block.Value, inner);
        var (outer, outerConstants) = (escape, escapesConstants);
        if (block.Value is ConstExpr { Value: var given })
            escapesConstants = given.Truth();
        if (block.Value is not ConstExpr constant)
            escape = EscapeMode.Depends;
        else if (escape != EscapeMode.Depends)
            escape = constant.Value.Truth() ? EscapeMode.Always : EscapeMode.Never;
        var step = new AutoescapeStep(block.Value, Steps(block.Body, inner));
        (escape, escapesConstants) = (outer, outerConstants);
        return new WithStep(inner.Entry(), [], [step]);
    }

    private LoadStep Load(Statement.Load load, Frame frame)
    {
        if (load.Kind == LoadKind.Extends && !frame.IsTopLevel)
            throw Fail("cannot use extend from a non top-level scope", load);
        Expression(load.Template, frame);
        return new LoadStep(load.Kind, load.Template, load.IgnoresMissing, load.Place);
    }
}
