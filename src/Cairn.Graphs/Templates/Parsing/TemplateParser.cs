using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Parsing;

/// <summary>Statements; errors carry Jinja's texts.</summary>
internal sealed partial class TemplateParser
{
    /// <summary>How deep statements may nest: the original is held to about this by Python's own block limit.</summary>
    private const int DepthLimit = 100;

    private readonly TokenStream stream;
    private readonly ExpressionParser expressions;
    private readonly Stack<string> tags = new();
    private readonly Stack<string[]> endings = new();

    private TemplateParser(TokenStream stream)
    {
        this.stream = stream;
        expressions = new ExpressionParser(stream);
    }

    public static List<Statement> Parse(string source) =>
        new TemplateParser(new TokenStream(TemplateLexer.Tokens(source))).Body(null);

    private List<Statement> Body(string[]? ends)
    {
        var body = new List<Statement>();
        var output = new List<OutputPart>();
        if (ends is not null)
            endings.Push(ends);
        if (endings.Count > DepthLimit)
            throw TokenStream.Error("the statements nest too deep", stream.Current.Place);
        while (stream.Current.Kind != TokenKind.End)
        {
            var token = stream.Next();
            if (token.Kind == TokenKind.Data)
            {
                output.Add(new OutputPart(token.Text, null, token.Place));
                continue;
            }

            if (token.Kind == TokenKind.VariableBegin)
            {
                output.Add(new OutputPart(null, expressions.Tuple(), token.Place));
                stream.Expect(TokenKind.VariableEnd);
                continue;
            }

            Flush(output, body);
            if (ends is not null && Array.Exists(ends, end => stream.Current.IsName(end)))
                break;
            body.Add(Statement());
            stream.Expect(TokenKind.BlockEnd);
        }

        Flush(output, body);
        if (ends is not null)
            endings.Pop();
        return body;
    }

    private static void Flush(List<OutputPart> output, List<Statement> body)
    {
        if (output.Count == 0)
            return;
        body.Add(new Statement.Output([.. output], output[0].Place));
        output.Clear();
    }

    private Statement Statement()
    {
        var token = stream.Current;
        if (token.Kind != TokenKind.Name)
            throw TokenStream.Error("tag name expected", token.Place);
        tags.Push(token.Text);
        Statement? statement = token.Text switch
        {
            "for" => For(),
            "if" => If(),
            "block" => Block(),
            "extends" or "include" or "import" or "from" => Load(token.Text),
            "print" => Print(),
            "macro" => Macro(),
            "set" => Set(),
            "with" => With(),
            "autoescape" => Autoescape(),
            "call" => CallBlock(),
            "filter" => FilterBlock(),
            _ => null,
        };
        tags.Pop();
        return statement ?? throw Unended(token.Text, token.Place);
    }

    /// <summary>The body up to one of the end tags, which stays current or, with one alone, is taken.</summary>
    private List<Statement> Statements(bool takeEnd, params string[] ends)
    {
        stream.SkipOperator(":");
        stream.Expect(TokenKind.BlockEnd);
        var body = Body(ends);
        if (stream.Current.Kind == TokenKind.End)
        {
            endings.Push(ends);
            throw Unended(null, stream.Current.Place);
        }

        if (takeEnd)
            stream.Next();
        return body;
    }

    private PyException Unended(string? tag, Place place)
    {
        var message = tag is null ? "Unexpected end of template." : $"Encountered unknown tag {StrRepr.Of(tag)}.";
        if (endings.TryPeek(out var wanted))
        {
            var looking = string.Join(" or ", wanted.Select(StrRepr.Of));
            message += tag is not null && endings.Any(ends => ends.Contains(tag, StringComparer.Ordinal))
                ? " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for "
                    + $"{looking}."
                : $" Jinja was looking for the following tags: {looking}.";
        }

        if (tags.TryPeek(out var innermost))
            message += $" The innermost block that needs to be closed is {StrRepr.Of(innermost)}.";
        return TokenStream.Error(message, place);
    }

    private Expr Target(bool isNameOnly = false, bool withNamespace = false)
    {
        Expr target;
        if (withNamespace && stream.Look().IsOperator("."))
        {
            var name = stream.Expect(TokenKind.Name);
            stream.Next();
            target = new NamespaceTarget(name.Text, stream.Expect(TokenKind.Name).Text, name.Place);
        }
        else if (isNameOnly)
        {
            var name = stream.Expect(TokenKind.Name);
            target = new NameExpr(name.Text, name.Place);
        }
        else
        {
            target = expressions.Tuple(isSimple: true);
        }

        if (!target.IsAssignable)
            throw TokenStream.Error($"can't assign to {StrRepr.Of(target.Kind)}", target.Place);
        Mark(target, static name => name.IsStored = true);
        return target;
    }

    private static void Mark(Expr target, Action<NameExpr> mark)
    {
        if (target is NameExpr name)
            mark(name);
        foreach (var part in target.Parts)
            Mark(part, mark);
    }
}
