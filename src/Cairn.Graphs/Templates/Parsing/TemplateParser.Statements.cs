using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Parsing;

/// <summary>One method for each tag.</summary>
internal sealed partial class TemplateParser
{
    private Statement.For For()
    {
        var place = stream.Next().Place;
        var target = Target();
        stream.ExpectName("in");
        var source = expressions.Tuple(withCondition: false);
        var test = stream.SkipName("if") ? expressions.Expression() : null;
        var isRecursive = stream.SkipName("recursive");
        var body = Statements(takeEnd: false, "endfor", "else");
        var otherwise = stream.Next().IsName("endfor") ? [] : Statements(takeEnd: true, "endfor");
        return new Statement.For(target, source, body, otherwise, test, isRecursive, place);
    }

    private Statement.If If()
    {
        var place = stream.Next().Place;
        var branches = new List<Statement.If>();
        while (true)
        {
            var test = expressions.Tuple(withCondition: false);
            var body = Statements(takeEnd: false, "elif", "else", "endif");
            branches.Add(new Statement.If(test, body, [], [], place));
            var end = stream.Next();
            if (end.IsName("elif"))
            {
                place = stream.Current.Place;
                continue;
            }

            var otherwise = end.IsName("else") ? Statements(takeEnd: true, "endif") : [];
            return branches[0] with { Alternatives = branches[1..], Otherwise = otherwise };
        }
    }

    private Statement.With With()
    {
        var place = stream.Next().Place;
        var targets = new List<Expr>();
        var values = new List<Expr>();
        while (stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (targets.Count > 0)
                stream.ExpectOperator(",");
            var target = Target();
            Mark(target, static name => name.IsParameter = true);
            targets.Add(target);
            stream.ExpectOperator("=");
            values.Add(expressions.Expression());
        }

        return new Statement.With(targets, values, Statements(takeEnd: true, "endwith"), place);
    }

    private Statement.Autoescape Autoescape()
    {
        var place = stream.Next().Place;
        var value = expressions.Expression();
        return new Statement.Autoescape(value, Statements(takeEnd: true, "endautoescape"), place);
    }

    private Statement.Block Block()
    {
        var place = stream.Next().Place;
        var name = stream.Expect(TokenKind.Name).Text;
        var isScoped = stream.SkipName("scoped");
        var isRequired = stream.SkipName("required");
        if (stream.Current.IsOperator("-"))
        {
            throw TokenStream.Error(
                "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an"
                + " underscore instead.",
                stream.Current.Place);
        }

        var body = Statements(takeEnd: true, "endblock");
        if (isRequired && !body.TrueForAll(IsBlank))
        {
            throw TokenStream.Error(
                "Required blocks can only contain comments or whitespace", stream.Current.Place);
        }

        stream.SkipName(name);
        return new Statement.Block(name, isScoped, isRequired, body, place);
    }

    private static bool IsBlank(Statement statement) => statement is Statement.Output output
        && output.Parts.TrueForAll(static part => part.Text is { } text && text.All(Callables.StrText.IsSpace));

    private Statement.Load Load(string tag)
    {
        var place = stream.Next().Place;
        var template = expressions.Expression();
        switch (tag)
        {
            case "extends":
                return new Statement.Load(LoadKind.Extends, template, [], false, place);
            case "include":
                var ignores = stream.Current.IsName("ignore") && stream.Look().IsName("missing");
                if (ignores)
                {
                    stream.Next();
                    stream.Next();
                }

                SkipContext();
                return new Statement.Load(LoadKind.Include, template, [], ignores, place);
            case "import":
                stream.ExpectName("as");
                var alias = ((NameExpr)Target(isNameOnly: true)).Name;
                SkipContext();
                return new Statement.Load(LoadKind.Import, template, [alias], false, place);
            default:
                return new Statement.Load(LoadKind.From, template, ImportedNames(), false, place);
        }
    }

    private List<string> ImportedNames()
    {
        stream.ExpectName("import");
        var names = new List<string>();
        while (true)
        {
            if (names.Count > 0)
                stream.ExpectOperator(",");
            if (stream.Current.Kind != TokenKind.Name)
            {
                stream.Expect(TokenKind.Name);
                continue;
            }

            if (SkipContext())
                return names;
            var target = (NameExpr)Target(isNameOnly: true);
            if (target.Name.StartsWith('_'))
            {
                throw TokenStream.Error(
                    "names starting with an underline can not be imported", target.Place,
                    PyErrorKind.TemplateAssertionError);
            }

            names.Add(stream.SkipName("as") ? ((NameExpr)Target(isNameOnly: true)).Name : target.Name);
            if (SkipContext() || !stream.Current.IsOperator(","))
                return names;
        }
    }

    private bool SkipContext()
    {
        if (!(stream.Current.IsName("with") || stream.Current.IsName("without")) || !stream.Look().IsName("context"))
            return false;
        stream.Next();
        stream.Next();
        return true;
    }

    private Statement.Output Print()
    {
        var place = stream.Next().Place;
        var parts = new List<OutputPart>();
        while (stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (parts.Count > 0)
                stream.ExpectOperator(",");
            var expr = expressions.Expression();
            parts.Add(new OutputPart(null, expr, expr.Place));
        }

        return new Statement.Output(parts, place);
    }

    private Statement.Macro Macro()
    {
        var place = stream.Next().Place;
        var name = ((NameExpr)Target(isNameOnly: true)).Name;
        var (parameters, defaults) = Signature();
        return new Statement.Macro(name, parameters, defaults, Statements(takeEnd: true, "endmacro"), place);
    }

    private (List<NameExpr> Parameters, List<Expr> Defaults) Signature()
    {
        stream.ExpectOperator("(");
        var parameters = new List<NameExpr>();
        var defaults = new List<Expr>();
        while (!stream.Current.IsOperator(")"))
        {
            if (parameters.Count > 0)
                stream.ExpectOperator(",");
            var parameter = (NameExpr)Target(isNameOnly: true);
            parameter.IsParameter = true;
            if (stream.SkipOperator("="))
                defaults.Add(expressions.Expression());
            else if (defaults.Count > 0)
                throw TokenStream.Error("non-default argument follows default argument", stream.Current.Place);
            parameters.Add(parameter);
        }

        stream.ExpectOperator(")");
        return (parameters, defaults);
    }

    private Statement.CallBlock CallBlock()
    {
        var place = stream.Next().Place;
        var (parameters, defaults) = stream.Current.IsOperator("(") ? Signature() : ([], []);
        if (expressions.Expression() is not CallExpr call)
            throw TokenStream.Error("expected call", place);
        return new Statement.CallBlock(call, parameters, defaults, Statements(takeEnd: true, "endcall"), place);
    }

    private Statement.FilterBlock FilterBlock()
    {
        var place = stream.Next().Place;
        var filter = expressions.Filters(null, isBlock: true)!;
        return new Statement.FilterBlock(filter, Statements(takeEnd: true, "endfilter"), place);
    }

    private Statement Set()
    {
        var place = stream.Next().Place;
        var target = Target(withNamespace: true);
        if (stream.SkipOperator("="))
            return new Statement.Assign(target, expressions.Tuple(), place);
        var filter = expressions.Filters(null, isBlock: false);
        return new Statement.AssignBlock(target, filter, Statements(takeEnd: true, "endset"), place);
    }
}
