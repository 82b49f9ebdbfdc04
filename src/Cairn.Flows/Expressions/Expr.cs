using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions;

/// <summary>The syntax of an expression (spec/workflows.md 2.2, with the extensions T03 to T08). Closed.</summary>
public abstract record Expr
{
    private Expr(SourceSpan span, int height = 1) => (Span, Height) = (span, height);

    /// <summary>Where it stands; parentheses around it are not part of it.</summary>
    public SourceSpan Span { get; }

    /// <summary>How many expressions stand inside each other here: what recursion over it costs.</summary>
    internal int Height { get; }

    /// <summary>A number, text, boolean or null.</summary>
    public sealed record Literal(FlowValue Value, SourceSpan Span) : Expr(Span);

    /// <summary>A variable, or the first word of a name such as `http.default_retry`.</summary>
    public sealed record Identifier(string Name, SourceSpan Span) : Expr(Span);

    /// <summary>A value that the program puts there; stands for a call that was lifted out.</summary>
    /// <param name="Slot">Where the program puts it.</param>
    /// <param name="Span">Where the call stood.</param>
    public sealed record Hole(SlotAddress Slot, SourceSpan Span) : Expr(Span);

    /// <summary>`[a, b]`.</summary>
    public sealed record ListOf(IReadOnlyList<Expr> Items, SourceSpan Span)
        : Expr(Span, Above(Items));

    /// <summary>`{"k": a, name: b}` (T03).</summary>
    public sealed record MapOf(IReadOnlyList<MapEntry> Entries, SourceSpan Span)
        : Expr(Span, Above(Entries.Select(static entry => entry.Value)));

    /// <summary>`-x` or `not x`.</summary>
    public sealed record Unary(UnaryOperator Operator, Expr Operand, SourceSpan Span)
        : Expr(Span, Operand.Height + 1);

    /// <summary>`a + b` and all its kin; `and` and `or` look at the right side only when they must.</summary>
    /// <param name="Operator">What is done.</param>
    /// <param name="Left">Evaluated first.</param>
    /// <param name="Right">Evaluated second.</param>
    /// <param name="Sign">Where the operator itself stands.</param>
    /// <param name="Span">The whole.</param>
    public sealed record Binary(BinaryOperator Operator, Expr Left, Expr Right, SourceSpan Sign, SourceSpan Span)
        : Expr(Span, Above([Left, Right]));

    /// <summary>
    /// `not a == b` (T12): `(not a) == b` when a is a boolean, else `not (a == b)`. Only under leniency; otherwise the
    /// parser gives the tight reading at once.
    /// </summary>
    public sealed record LooseNot(BinaryOperator Operator, Expr Left, Expr Right, SourceSpan Sign, SourceSpan Span)
        : Expr(Span, Above([Left, Right]));

    /// <summary>`c ? a : b` (T04); looks only at the branch it takes.</summary>
    public sealed record Conditional(Expr Condition, Expr Then, Expr Else, SourceSpan Span)
        : Expr(Span, Above([Condition, Then, Else]));

    /// <summary>`target.name`.</summary>
    public sealed record Member(Expr Target, string Name, SourceSpan NameSpan, SourceSpan Span)
        : Expr(Span, Target.Height + 1);

    /// <summary>`target[index]`.</summary>
    public sealed record Index(Expr Target, Expr At, SourceSpan Span) : Expr(Span, Above([Target, At]));

    /// <summary>`a.b.c(x, y)`: a function of the library, a connector or a routine.</summary>
    public sealed record Call(string Function, IReadOnlyList<Expr> Arguments, SourceSpan NameSpan, SourceSpan Span)
        : Expr(Span, Above(Arguments));

    /// <summary>
    /// The direct parts in the order of their evaluation. What only may be evaluated says so: the right side of `and`
    /// and `or`, both branches of a conditional; under leniency the arguments of `if` behind its condition and the
    /// second of `default` (T10).
    /// </summary>
    public IReadOnlyList<ExprPart> Parts(bool isLenient) => this switch
    {
        Literal or Identifier or Hole => [],
        ListOf list => [.. list.Items.Select(static item => new ExprPart(item))],
        MapOf map => [.. map.Entries.Select(static entry => new ExprPart(entry.Value))],
        Unary unary => [new(unary.Operand)],
        Binary { Operator: BinaryOperator.And or BinaryOperator.Or } binary =>
            [new(binary.Left), new(binary.Right, MayBeSkipped: true)],
        Binary binary => [new(binary.Left), new(binary.Right)],
        LooseNot loose => [new(loose.Left), new(loose.Right)],
        Conditional choice =>
            [new(choice.Condition), new(choice.Then, MayBeSkipped: true), new(choice.Else, MayBeSkipped: true)],
        Member member => [new(member.Target)],
        Index index => [new(index.Target), new(index.At)],
        Call call => [.. call.Arguments.Select((argument, i) =>
            new ExprPart(argument, isLenient && i > 0 && call.Function is ("if" or "default")))],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The same expression with one part of it, found by reference, replaced.</summary>
    public Expr Replace(Expr part, Expr replacement)
    {
        if (ReferenceEquals(this, part))
            return replacement;
        Expr Swap(Expr inner) => inner.Replace(part, replacement);
        return this switch
        {
            Literal or Identifier or Hole => this,
            ListOf list => list with { Items = [.. list.Items.Select(Swap)] },
            MapOf map => map with
            {
                Entries = [.. map.Entries.Select(entry => entry with { Value = Swap(entry.Value) })],
            },
            Unary unary => unary with { Operand = Swap(unary.Operand) },
            Binary binary => binary with { Left = Swap(binary.Left), Right = Swap(binary.Right) },
            LooseNot loose => loose with { Left = Swap(loose.Left), Right = Swap(loose.Right) },
            Conditional choice => choice with
            {
                Condition = Swap(choice.Condition),
                Then = Swap(choice.Then),
                Else = Swap(choice.Else),
            },
            Member member => member with { Target = Swap(member.Target) },
            Index index => index with { Target = Swap(index.Target), At = Swap(index.At) },
            Call call => call with { Arguments = [.. call.Arguments.Select(Swap)] },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>All calls in the order in which they are evaluated, arguments before their call.</summary>
    public IEnumerable<CallSite> Calls(bool isLenient) => Calls(isLenient, isSkippable: false);

    private static int Above(IEnumerable<Expr> parts) =>
        parts.Aggregate(0, static (height, part) => Math.Max(height, part.Height)) + 1;

    private IEnumerable<CallSite> Calls(bool isLenient, bool isSkippable)
    {
        foreach (var part in Parts(isLenient))
        {
            foreach (var site in part.Expression.Calls(isLenient, isSkippable || part.MayBeSkipped))
                yield return site;
        }

        if (this is Call call)
            yield return new CallSite(call, isSkippable);
    }
}

/// <summary>An entry of a map literal.</summary>
/// <param name="Key">The key, quoted or not in the source.</param>
/// <param name="Value">Its value.</param>
/// <param name="KeySpan">Where the key stands.</param>
public sealed record MapEntry(string Key, Expr Value, SourceSpan KeySpan);

/// <summary>A direct part of an expression.</summary>
/// <param name="Expression">The part.</param>
/// <param name="MayBeSkipped">Whether it is evaluated only when the parts before it say so.</param>
public readonly record struct ExprPart(Expr Expression, bool MayBeSkipped = false);

/// <summary>A call inside an expression.</summary>
/// <param name="Call">The call.</param>
/// <param name="MayBeSkipped">Whether something around it may leave it out.</param>
public readonly record struct CallSite(Expr.Call Call, bool MayBeSkipped);
