using Cairn.Flows.Expressions.Nodes;
using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions;

/// <summary>
/// Binds the names of an expression and makes it a tree of nodes. Calls that may wait must have been lifted out before
/// (<see cref="Expr.Calls(bool)"/>, <see cref="Expr.Replace"/>): one that is left is a fault.
/// </summary>
public sealed class ExpressionCompiler
{
    private readonly NameScope _scope;
    private readonly List<ExpressionFault> _faults = [];
    private readonly List<Leniency> _tolerated = [];

    private ExpressionCompiler(NameScope scope) => _scope = scope;

    /// <summary>Compiles an expression; all faults are found, not only the first.</summary>
    public static CompiledExpression Compile(Expr expression, NameScope scope)
    {
        var compiler = new ExpressionCompiler(scope);
        var root = compiler.Node(expression, isGuarded: false);
        return new CompiledExpression(
            compiler._faults.Count > 0 ? null : new ExpressionCode(root), compiler._faults, compiler._tolerated);
    }

    /// <summary>
    /// A node. Inside of `default`, `if` and `==` a variable that has no value yet reads as null under leniency (T11).
    /// </summary>
    private Node Node(Expr expression, bool isGuarded) => expression switch
    {
        Expr.Literal literal => new ConstantNode(literal.Value, literal.Span),
        Expr.Identifier identifier => Variable(identifier, isGuarded),
        Expr.Hole hole => Slot("a result", hole.Slot, isGuarded, hole.Span),
        Expr.ListOf list => Folded(
            new ListNode(Nodes(list.Items, isGuarded), list.Span), list.Items),
        Expr.MapOf map => Map(map, isGuarded),
        Expr.Unary { Operator: UnaryOperator.Negate } minus => Folded(
            new NegateNode(Node(minus.Operand, isGuarded), minus.Span), [minus.Operand]),
        Expr.Unary not => new NotNode(Node(not.Operand, isGuarded), not.Span),
        Expr.Binary { Operator: BinaryOperator.Add } sum => Sum(sum, isGuarded),
        Expr.Binary binary => Binary(binary, isGuarded),
        Expr.LooseNot loose => new LooseNotNode(
            loose.Operator, Node(loose.Left, isGuarded: true), Node(loose.Right, isGuarded: true), loose.Span),
        Expr.Conditional choice => new ConditionalNode(
            Node(choice.Condition, isGuarded: true), Node(choice.Then, isGuarded: true),
            Node(choice.Else, isGuarded: true), takesNull: false, choice.Span),
        Expr.Member member => Member(member, isGuarded),
        Expr.Index { At: Expr.Literal { Value.Kind: FlowKind.String } key } index => new MemberNode(
            Node(index.Target, isGuarded), key.Value.AsText(), index.Span),
        Expr.Index index => new IndexNode(
            Node(index.Target, isGuarded), Node(index.At, isGuarded), index.Span),
        Expr.Call call => Call(call, isGuarded),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Node[] Nodes(IEnumerable<Expr> expressions, bool isGuarded) =>
        [.. expressions.Select(expression => Node(expression, isGuarded))];

    /// <summary>Evaluates once and for all what has only constants in it; what raises is left to run time.</summary>
    private static Node Folded(Node node, IEnumerable<Expr> parts)
    {
        if (!parts.All(IsConstant))
            return node;
        try
        {
            return new ConstantNode(node.Evaluate(new Evaluation(EvaluationInputs.None, isLenient: false)), node.Span);
        }
        catch (FlowError)
        {
            return node;
        }
    }

    private static bool IsConstant(Expr expression) => expression switch
    {
        Expr.Literal => true,
        Expr.ListOf list => list.Items.All(IsConstant),
        Expr.Unary { Operator: UnaryOperator.Negate } minus => IsConstant(minus.Operand),
        _ => false,
    };

    private MapNode Map(Expr.MapOf map, bool isGuarded) => new MapNode(
        [.. map.Entries.Select(static entry => entry.Key)],
        Nodes(map.Entries.Select(static entry => entry.Value), isGuarded), map.Span);

    private Node Binary(Expr.Binary binary, bool isGuarded)
    {
        var isLogic = binary.Operator is BinaryOperator.And or BinaryOperator.Or;
        var guards = isGuarded || binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual;
        var (left, right) = (Node(binary.Left, guards), Node(binary.Right, guards));
        if (isLogic)
            return new LogicNode(binary.Operator == BinaryOperator.And, left, right, binary.Span);
        return binary.Operator < BinaryOperator.Add
            ? new ComparisonNode(binary.Operator, left, right, binary.Span)
            : new ArithmeticNode(binary.Operator, left, right, binary.Span);
    }

    /// <summary>A chain of sums, as one concatenation from where a text is certain.</summary>
    private Node Sum(Expr.Binary sum, bool isGuarded)
    {
        List<Expr.Binary> sums = [];
        Expr first = sum;
        while (first is Expr.Binary { Operator: BinaryOperator.Add } inner)
        {
            sums.Add(inner);
            first = inner.Left;
        }

        sums.Reverse();
        static bool IsText(Expr part) => part is Expr.Literal { Value.Kind: FlowKind.String };
        // The sum with the first text in it is a text or an error, and so are all behind it.
        var certain = IsText(first) ? 0 : sums.FindIndex(part => IsText(part.Right));
        if (certain < 0 || sums.Count - certain < 2)
            return Binary(sum, isGuarded);
        var left = certain == 0 ? first : sums[certain - 1];
        return new ConcatNode(
            [Node(left, isGuarded), .. Nodes(sums.Skip(certain).Select(static part => part.Right), isGuarded)],
            [left.Span, .. sums.Skip(certain).Select(static part => part.Span)]);
    }

    private Node Slot(string name, SlotAddress slot, bool isGuarded, SourceSpan span)
    {
        var isLenient = isGuarded && _scope.IsLenient;
        return slot.Up == 0
            ? new LocalNode(name, slot.Index, isLenient, span)
            : new OuterNode(name, slot, isLenient, span);
    }

    private Node Variable(Expr.Identifier identifier, bool isGuarded) =>
        _scope.Variable(identifier.Name) is { } slot
            ? Slot(identifier.Name, slot, isGuarded, identifier.Span)
            : Reference(identifier.Name, identifier.Span);

    private Node Member(Expr.Member member, bool isGuarded)
    {
        // `http.default_retry` is a name of the library unless a variable is called http.
        if (DottedName(member) is { } name && _scope.Variable(name.Split('.')[0]) is null)
        {
            if (FlowLibrary.Constant(name) is not null || FlowLibrary.Find(name) is not null)
                return Reference(name, member.Span);
            if (member.Target is Expr.Identifier)
                return Unknown(name, member.Span);
        }

        return new MemberNode(Node(member.Target, isGuarded), member.Name, member.Span);
    }

    private static string? DottedName(Expr expression) => expression switch
    {
        Expr.Identifier identifier => identifier.Name,
        Expr.Member member => DottedName(member.Target) is { } name ? $"{name}.{member.Name}" : null,
        _ => null,
    };

    /// <summary>A name that is no variable: a value of the library, or a function where one may stand.</summary>
    private ConstantNode Reference(string name, SourceSpan span)
    {
        if (FlowLibrary.Constant(name) is { } constant)
            return new ConstantNode(constant, span);
        var isFunction = _scope.IsRoutine(name) || FlowLibrary.Find(name) is not null;
        if (!isFunction)
            return Unknown(name, span);
        if (_scope.AllowsFunctions)
            return new ConstantNode(FlowValue.Function(name), span);
        return Fault($"{name} is a function and has no value", span, $"call it: {name}(...)");
    }

    private ConstantNode Unknown(string name, SourceSpan span)
    {
        var head = name.Split('.')[0];
        var nearest = FlowLibrary.Nearest(head, _scope.Variables());
        return Fault(
            $"no variable {head} is assigned here", span with { Length = Math.Min(span.Length, head.Length) },
            nearest is null ? null : $"did you mean {nearest}?");
    }

    private Node Call(Expr.Call call, bool isGuarded)
    {
        var signature = FlowLibrary.Find(call.Function, call.Arguments.Count);
        if (signature is null)
            return UnknownFunction(call);
        if (signature.IsLenient && !_scope.IsLenient)
        {
            return Fault(
                $"the language has no {Shown(signature)}", call.NameSpan, "--lenient provides it (T09)");
        }

        if (signature.IsLenient)
            _tolerated.Add(new Leniency("T09", $"the language has no {Shown(signature)}", call.NameSpan));
        if (signature.MayWait)
        {
            return Fault(
                $"{call.Function} waits, and cannot be part of this value", call.NameSpan, "call it in a step");
        }

        if (call.Arguments.Count < signature.RequiredCount || call.Arguments.Count > signature.Parameters.Count)
            return WrongCount(call, signature);
        var guards = isGuarded || call.Function is "if" or "default";
        var arguments = Nodes(call.Arguments, guards);
        if (_scope.IsLenient && call.Function == "if")
            return new ConditionalNode(arguments[0], arguments[1], arguments[2], takesNull: true, call.Span);
        if (_scope.IsLenient && call.Function == "default")
            return new DefaultNode(arguments[0], arguments[1], call.Span);
        var missing = signature.Parameters.Skip(arguments.Length)
            .Select(parameter => (Node)new ConstantNode(parameter.Default, call.Span));
        return new CallNode(
            FlowLibrary.FindPure(call.Function, call.Arguments.Count)!, [.. arguments, .. missing], call.Span);
    }

    private static string Shown(CallSignature signature) => signature.Name == "map.get"
        ? "map.get with three arguments"
        : $"function {signature.Name}";

    private ConstantNode WrongCount(Expr.Call call, CallSignature signature)
    {
        var names = signature.Parameters.Select(static parameter =>
            parameter.IsRequired ? parameter.Name : $"[{parameter.Name}]");
        var (least, most) = (signature.RequiredCount, signature.Parameters.Count);
        var wanted = least == most ? $"{most}" : $"{least} to {most}";
        return Fault(
            $"{call.Function} takes {wanted} arguments, {call.Arguments.Count} are given", call.Span,
            $"{call.Function}({string.Join(", ", names)})");
    }

    private ConstantNode UnknownFunction(Expr.Call call)
    {
        if (_scope.IsRoutine(call.Function))
        {
            return Fault(
                $"routine {call.Function} may wait, and cannot be part of this value", call.NameSpan,
                "call it in a step");
        }

        if (FlowLibrary.IsUnmapped(call.Function))
        {
            return Fault(
                $"{call.Function} is not mapped", call.NameSpan,
                $"mapped are {string.Join(", ", FlowLibrary.MappedServices)}");
        }

        var nearest = FlowLibrary.Nearest(
            call.Function, FlowLibrary.Signatures.Where(known => !known.IsLenient).Select(static known => known.Name));
        return Fault(
            $"there is no function {call.Function}", call.NameSpan,
            nearest is null ? null : $"did you mean {nearest}?");
    }

    private ConstantNode Fault(string message, SourceSpan span, string? hint = null)
    {
        _faults.Add(new ExpressionFault(message, span, hint));
        return new ConstantNode(FlowValue.Null, span);
    }
}
