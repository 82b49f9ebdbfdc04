using Cairn.Graphs.Templates.Filters;
using Cairn.Graphs.Templates.Parsing;
using Cairn.Graphs.Templates.Rendering;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Binding;

/// <summary>
/// Turns statements into steps. Names are settled by Jinja's rules (its idtracking and compiler modules), which decide
/// what a loop, a macro or a block sees; these rules are the language, so they are followed to the letter.
/// </summary>
internal sealed partial class Binder
{
    private readonly Dictionary<string, BlockCode> blocks = new(StringComparer.Ordinal);
    private EscapeMode escape;

    /// <summary>Whether constants are escaped: as the last constant autoescape block around says.</summary>
    private bool escapesConstants;
    private bool isExtended;

    public static TemplateCode Bind(List<Statement> body) => new Binder().Template(body);

    private TemplateCode Template(List<Statement> body)
    {
        var found = StatementParts.Blocks(body);
        foreach (var block in found)
        {
            if (found.Exists(other => other != block && other.Name == block.Name))
                throw Fail($"block {StrRepr.Of(block.Name)} defined twice", found.FindLast(b => b.Name == block.Name)!);
        }

        var function = new FunctionScope(null);
        var symbols = new Symbols(function, null, 0);
        var frame = new Frame(symbols, true, false, true);
        VariableRef? self = UndeclaredNames.Of(body, "self").Count > 0
            ? function.Reach(symbols.Parameter("self"))
            : null;
        new SymbolScan(symbols).Statements(body);
        var entry = frame.Entry();
        var steps = Steps(body, frame);
        foreach (var block in found)
            blocks.Add(block.Name, BlockBody(block));
        return new TemplateCode(function, entry, steps, self, blocks);
    }

    private BlockCode BlockBody(Statement.Block block)
    {
        var function = new FunctionScope(null);
        var symbols = new Symbols(function, null, 0);
        var special = UndeclaredNames.Of(block.Body, "self", "super");
        VariableRef? Special(string name) =>
            special.Contains(name, StringComparer.Ordinal) ? function.Reach(symbols.Parameter(name)) : null;
        var self = Special("self");
        var super = Special("super");
        new SymbolScan(symbols).Statements(block.Body);
        var frame = new Frame(symbols, false, false, false);
        var entry = frame.Entry();
        return new BlockCode(block.Name, function, entry, Steps(block.Body, frame), self, super);
    }

    /// <summary>
    /// Behind an extends outside of any if, output of the template's own body is dropped unread, and a second extends
    /// ends the body: nothing behind it is looked at.
    /// </summary>
    private Step[] Steps(IEnumerable<Statement> statements, Frame frame)
    {
        var steps = new List<Step>();
        foreach (var statement in statements)
        {
            if (isExtended && frame.IsBodyOfTemplate && statement is Statement.Output)
                continue;
            var isExtends = statement is Statement.Load { Kind: LoadKind.Extends };
            if (isExtended && isExtends && frame.IsTopLevel)
                break;
            steps.Add(Step(statement, frame));
            isExtended |= isExtends && !frame.IsSoft;
        }

        return [.. steps];
    }

    private void Expression(Expr expr, Frame frame, bool isPrinted = false)
    {
        Names(expr, frame);
        if (escape == EscapeMode.Depends || expr is NameExpr or ConstExpr)
            return;
        var check = new ConstantCheck(escape == EscapeMode.Always);
        if (isPrinted)
            check.CheckPrinted(expr);
        else
            check.Check(expr);
        check.Release();
    }

    private void Names(Expr expr, Frame frame)
    {
        switch (expr)
        {
            case NameExpr name:
                name.Reference = frame.Reference(name.Name);
                break;
            case ConcatExpr concat:
                concat.Escape = escape;
                break;
            case ConditionExpr:
                frame = frame.Soft();
                break;
            case FilterExpr filter when FilterTable.Find(filter.Name) is null && !frame.IsSoft:
                throw Unknown("filter", filter.Name, filter);
            case TestExpr test when TestTable.Find(test.Name) is null && !frame.IsSoft:
                throw Unknown("test", test.Name, test);
        }

        foreach (var part in expr.Parts)
            Names(part, frame);
    }

    private static Assignment Target(Expr target, Frame frame) => target switch
    {
        NameExpr name => new Assignment.ToVariable(frame.Reference(name.Name)),
        TupleExpr tuple => new Assignment.ToTuple([.. tuple.Items.Select(item => Target(item, frame))]),
        NamespaceTarget member => new Assignment.ToNamespace(frame.Reference(member.Name), member.Attribute),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ExportedName[] Exports(Expr target, Frame frame)
    {
        if (!frame.IsTopLevel)
            return [];
        return target switch
        {
            NameExpr name => [new ExportedName(name.Name, frame.Reference(name.Name))],
            TupleExpr tuple => [.. tuple.Items.SelectMany(item => Exports(item, frame))],
            _ => [],
        };
    }

    private static PyException Fail(string message, Statement statement) =>
        TokenStream.Error(message, statement.Place, PyErrorKind.TemplateAssertionError);

    private static PyException Unknown(string what, string name, Expr expr) => TokenStream.Error(
        $"No {what} named {StrRepr.Of(name)}.", expr.Place, PyErrorKind.TemplateAssertionError);
}
