using Cairn.Graphs.Templates.Syntax;

namespace Cairn.Graphs.Templates.Binding;

/// <summary>Which of some names a body reads before storing them; looks into inner scopes but not into
/// blocks.</summary>
internal sealed class UndeclaredNames
{
    private readonly List<string> left;
    private readonly List<string> found = [];

    private UndeclaredNames(IEnumerable<string> names) => left = [.. names];

    public static List<string> Of(IEnumerable<Statement> body, params string[] names)
    {
        var search = new UndeclaredNames(names);
        search.Statements(body);
        return search.found;
    }

    private void Statements(IEnumerable<Statement> body)
    {
        foreach (var statement in body)
            Statement(statement);
    }

    private void Expression(Expr? expr)
    {
        if (expr is null)
            return;
        if (expr is NameExpr name)
        {
            if (name is { IsStored: false, IsParameter: false } && left.Contains(name.Name, StringComparer.Ordinal))
            {
                if (!found.Contains(name.Name, StringComparer.Ordinal))
                    found.Add(name.Name);
            }
            else
            {
                left.Remove(name.Name);
            }
        }

        foreach (var part in expr.Parts)
            Expression(part);
    }

    private void Expressions(IEnumerable<Expr> expressions)
    {
        foreach (var expr in expressions)
            Expression(expr);
    }

    private void Statement(Statement statement)
    {
        switch (statement)
        {
            case Statement.Output output:
                Expressions(output.Parts.Select(static part => part.Expr).OfType<Expr>());
                break;
            case Statement.For loop:
                Expression(loop.Target);
                Expression(loop.Source);
                Statements(loop.Body);
                Statements(loop.Otherwise);
                Expression(loop.Test);
                break;
            case Statement.If branch:
                Expression(branch.Test);
                Statements(branch.Body);
                Statements(branch.Alternatives);
                Statements(branch.Otherwise);
                break;
            case Statement.Macro macro:
                Expressions(macro.Parameters);
                Expressions(macro.Defaults);
                Statements(macro.Body);
                break;
            case Statement.CallBlock call:
                Expression(call.Call);
                Expressions(call.Parameters);
                Expressions(call.Defaults);
                Statements(call.Body);
                break;
            case Statement.FilterBlock filter:
                Statements(filter.Body);
                Expression(filter.Filter);
                break;
            case Statement.With with:
                Expressions(with.Targets);
                Expressions(with.Values);
                Statements(with.Body);
                break;
            case Statement.Assign assign:
                Expression(assign.Target);
                Expression(assign.Value);
                break;
            case Statement.AssignBlock assign:
                Expression(assign.Target);
                Expression(assign.Filter);
                Statements(assign.Body);
                break;
            case Statement.Autoescape escape:
                Expression(escape.Value);
                Statements(escape.Body);
                break;
            case Statement.Load load:
                Expression(load.Template);
                break;
        }
    }
}
