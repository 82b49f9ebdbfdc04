using Cairn.Flows.Expressions;
using Cairn.Flows.Program;
using Cairn.Flows.Program.Ops;
using Cairn.Flows.Sources;
using Cairn.Flows.Values;

namespace Cairn.Flows.Compiling;

/// <summary>
/// From values of the source to what gives them at run time. Calls that wait are lifted out of expressions into
/// operations before (architecture 9): the order from left to right and the laziness of `and`, `or`, `if` are kept.
/// </summary>
internal sealed class ValueCompiler(
    ExpressionReader expressions, CallTable calls, CallCompiler callCompiler, Findings findings)
{
    /// <summary>Compiles a value; what has to wait for it is emitted first.</summary>
    /// <param name="node">The value.</param>
    /// <param name="at">Where it is evaluated.</param>
    /// <param name="allowsFunctions">Whether functions may stand as values: in retry policies.</param>
    public Code Compile(SourceNode node, CodePoint at, bool allowsFunctions = false)
    {
        switch (node)
        {
            case SourceNode.Scalar scalar:
                return Scalar(scalar, at, allowsFunctions);
            case SourceNode.List list:
                return List(list, at, allowsFunctions);
            case SourceNode.Map map:
                return Map(map, at, allowsFunctions);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Compiles the arguments of a call, in the order of the text.</summary>
    public Code[] List(Syntax.Body.Call call, CodePoint at) =>
        Parts([.. call.Arguments.Select(argument => argument.Value)], at, allowsFunctions: false);

    /// <summary>Whether an index of a target waits for something.</summary>
    public bool TargetWaits(SourceNode.Scalar target) =>
        target.Text.Contains('(') && ExpressionParser.Parse(target.Text, findings.IsLenient).Expression is { } syntax
        && calls.Waits(syntax);

    /// <summary>Notes what is wrong in an expression.</summary>
    public void Refuse(
        PlacedExpression read, Expressions.SourceSpan span, CodePoint at, string message, string? hint = null) =>
        expressions.Report(read, new ExpressionFault(message, span, hint), at.Where);

    /// <summary>Compiles the text of a target, without `${}`, into its variable and the way to a part of it.</summary>
    public (string Root, IReadOnlyList<Code> Path)? Target(SourceNode.Scalar target, CodePoint at)
    {
        if (EmbeddedExpression.Find(target.Text) is not null)
        {
            findings.Error(
                target.Span, $"{at.Where}: a target is a variable or a part of one, found an expression",
                "leave '${' and '}' out");
            return null;
        }

        if (expressions.ReadBare(target, at.Where) is not { } read)
            return null;
        var path = new List<Code>();
        if (Path(read, read.Syntax, path, at) is { } root && Syntax.Names.IsVariable(root))
            return (root, path);
        findings.Error(
            target.Span, $"{at.Where}: a target is a variable or a part of one, found \"{target.Text}\"",
            "x, m.key, m[\"key\"] or l[0]");
        return null;
    }

    /// <summary>Whether evaluating a value waits for something; decided by its text where that is certain.</summary>
    public bool Waits(SourceNode node) => node switch
    {
        SourceNode.Scalar { IsText: true } scalar when scalar.Text.Contains('(') =>
            expressions.Peek(scalar) is { } syntax && calls.Waits(syntax),
        SourceNode.List list => list.Items.Any(Waits),
        SourceNode.Map map => map.Entries.Any(entry => Waits(entry.Key) || Waits(entry.Value)),
        _ => false,
    };

    /// <summary>What names mean in an expression.</summary>
    private NameScope Names(PlacedExpression read, CodePoint at, bool allowsFunctions) => new()
    {
        Variable = name => Variable(name, read, at),
        Variables = () => at.Scope.Names,
        IsRoutine = calls.IsRoutine,
        IsLenient = findings.IsLenient,
        AllowsFunctions = allowsFunctions,
    };

    private SlotAddress? Variable(string name, PlacedExpression read, CodePoint at)
    {
        var isFound = at.Scope.Find(name) is not null;
        if (isFound ? at.Scope.IsLeaked(name) : at.Handled.Contains(name))
            findings.Tolerate(
                "T21", expressions.PlaceOf(read, name),
                $"{at.Where}: the variable '{name}' is known only inside of the 'except' that assigns it",
                "assign it to a variable of the routine before");
        // One message is enough: what is refused here reads some place or other.
        return at.Scope.Find(name) ?? (at.Handled.Contains(name) ? new SlotAddress(0, 0) : null);
    }

    private Code Scalar(SourceNode.Scalar scalar, CodePoint at, bool allowsFunctions)
    {
        if (!scalar.IsText)
            return new Code.Constant(ConstantOf(scalar.Value));
        if (expressions.Read(scalar, at.Where, out var isBroken) is not { } read)
            return new Code.Constant(isBroken ? FlowValue.Null : FlowValue.Of(scalar.Text));
        return Compile(read, read.Syntax, at, allowsFunctions);
    }

    private Code Compile(PlacedExpression read, Expr syntax, CodePoint at, bool allowsFunctions = false)
    {
        var lifted = new CallLifter(this, calls, callCompiler, read, at).Lift(syntax);
        return Pure(read, lifted, at, allowsFunctions);
    }

    /// <summary>Compiles an expression that waits for nothing.</summary>
    public Code Pure(PlacedExpression read, Expr syntax, CodePoint at, bool allowsFunctions = false)
    {
        var compiled = ExpressionCompiler.Compile(syntax, Names(read, at, allowsFunctions));
        foreach (var fault in compiled.Faults)
            expressions.Report(read, fault, at.Where);
        foreach (var form in compiled.Tolerated)
            expressions.Report(read, form, at.Where);
        if (compiled.Code is not { } code)
            return new Code.Constant(FlowValue.Null);
        if (code.Constant is { } constant)
            return new Code.Constant(constant);
        int SlotOf(string name) => at.Scope.Find(name) is { Up: 0 } own ? own.Index : -1;
        return QuickCode.Of(syntax, SlotOf, new Code.Computed(code));
    }

    private Code List(SourceNode.List list, CodePoint at, bool allowsFunctions)
    {
        var items = Parts(list.Items, at, allowsFunctions);
        return Array.TrueForAll(items, item => item is Code.Constant)
            ? new Code.Constant(FlowValue.Of(FlowList.From(items.Select(item => ((Code.Constant)item).Value))))
            : new Code.ListOf(items);
    }

    private Code Map(SourceNode.Map map, CodePoint at, bool allowsFunctions)
    {
        var nodes = map.Entries.SelectMany(entry => (SourceNode[])[KeyOf(entry.Key), entry.Value]).ToList();
        var parts = Parts(nodes, at, allowsFunctions);
        var keys = parts.Where((_, i) => i % 2 == 0).ToArray();
        var values = parts.Where((_, i) => i % 2 == 1).ToArray();
        if (!Array.TrueForAll(parts, part => part is Code.Constant) || keys.Any(key => !IsText(key)))
            return new Code.MapOf(keys, values);
        var constant = new FlowMapBuilder(keys.Length);
        for (var i = 0; i < keys.Length; i++)
            constant.Set(((Code.Constant)keys[i]).Value.AsText(), ((Code.Constant)values[i]).Value);
        return new Code.Constant(FlowValue.Of(constant.ToMap()));
    }

    private static bool IsText(Code key) => key is Code.Constant { Value.Kind: FlowKind.String };

    /// <summary>A key that is no text (refused, or tolerated) counts as the text that it was written as.</summary>
    private static SourceNode.Scalar KeyOf(SourceNode.Scalar key) => key.IsText
        ? key
        : new SourceNode.Scalar(key.Span, key.Text, key.Style, CoreScalar.Text);

    /// <summary>Compiles values from left to right; one before a wait is kept until the wait is over.</summary>
    private Code[] Parts(IReadOnlyList<SourceNode> nodes, CodePoint at, bool allowsFunctions)
    {
        var last = nodes.Count - 1;
        while (last >= 0 && !Waits(nodes[last]))
            last--;
        var parts = new Code[nodes.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Compile(nodes[i], at, allowsFunctions);
            if (i < last && parts[i] is not Code.Constant)
                parts[i] = Keep(parts[i], at);
        }

        return parts;
    }

    /// <summary>Evaluates a value now and gives what reads it later.</summary>
    public static Code Keep(Code code, CodePoint at)
    {
        var slot = at.Temporary();
        at.Sequence.Emit(new AssignOp(slot, code));
        return Reading(slot);
    }

    /// <summary>What reads a place of the frame.</summary>
    public static Code Reading(int slot) => Reading(new SlotAddress(0, slot));

    /// <summary>What reads a place of this frame or of one around it.</summary>
    public static Code Reading(SlotAddress slot)
    {
        var hole = new Expr.Hole(slot, default);
        var names = new NameScope { Variable = static _ => null };
        return new Code.Computed(ExpressionCompiler.Compile(hole, names).Code!);
    }

    private string? Path(PlacedExpression read, Expr syntax, List<Code> path, CodePoint at)
    {
        switch (syntax)
        {
            case Expr.Identifier name:
                return name.Name;
            case Expr.Member member when Path(read, member.Target, path, at) is { } root:
                path.Add(new Code.Constant(FlowValue.Of(member.Name)));
                return root;
            case Expr.Index index when Path(read, index.Target, path, at) is { } root:
                path.Add(Compile(read, index.At, at));
                return root;
            default:
                return null;
        }
    }

    private static FlowValue ConstantOf(CoreScalar scalar) => scalar.Kind switch
    {
        CoreKind.Null => FlowValue.Null,
        CoreKind.Boolean => FlowValue.Of(scalar.Bits != 0),
        CoreKind.Integer => FlowValue.Of(scalar.Bits),
        CoreKind.Double => FlowValue.Of(scalar.Number),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
