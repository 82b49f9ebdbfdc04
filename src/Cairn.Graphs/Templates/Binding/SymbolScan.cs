using Cairn.Graphs.Templates.Syntax;

namespace Cairn.Graphs.Templates.Binding;

/// <summary>Finds the names that a scope reads and stores; inner scopes are looked into when they are bound.</summary>
internal sealed class SymbolScan(Symbols symbols)
{
    private Symbols symbols = symbols;

    public void Statements(IEnumerable<Statement> statements)
    {
        foreach (var statement in statements)
            Statement(statement);
    }

    public void Parameters(Expr target)
    {
        if (target is NameExpr name)
            symbols.Parameter(name.Name);
        foreach (var part in target.Parts)
            Parameters(part);
    }

    public void Expression(Expr expr)
    {
        switch (expr)
        {
            case NameExpr { IsParameter: true } name:
                symbols.Parameter(name.Name);
                break;
            case NameExpr { IsStored: true } name:
                symbols.Store(name.Name);
                break;
            case NameExpr name:
                symbols.Load(name.Name);
                break;
            case NamespaceTarget target:
                symbols.Load(target.Name);
                break;
        }

        foreach (var part in expr.Parts)
            Expression(part);
    }

    private void Statement(Statement statement)
    {
        switch (statement)
        {
            case Statement.Output output:
                foreach (var part in output.Parts)
                {
                    if (part.Expr is not null)
                        Expression(part.Expr);
                }

                break;
            case Statement.If branch:
                If(branch);
                break;
            case Statement.Macro macro:
                symbols.Store(macro.Name);
                break;
            case Statement.Load load:
                Expression(load.Template);
                load.Stored.ForEach(symbols.Store);
                break;
            case Statement.Assign assign:
                Expression(assign.Value);
                Expression(assign.Target);
                break;
            case Statement.AssignBlock assign:
                Expression(assign.Target);
                break;
            case Statement.For loop:
                Expression(loop.Source);
                break;
            case Statement.CallBlock call:
                Expression(call.Call);
                break;
            case Statement.FilterBlock filter:
                Expression(filter.Filter);
                break;
            case Statement.With with:
                with.Values.ForEach(Expression);
                break;
        }
    }

    private void If(Statement.If branch)
    {
        Expression(branch.Test);
        var outer = symbols;
        Symbols Inner(IEnumerable<Statement> statements)
        {
            symbols = outer.Copy();
            Statements(statements);
            var inner = symbols;
            symbols = outer;
            return inner;
        }

        outer.Merge(Inner(branch.Body), Inner(branch.Alternatives), Inner(branch.Otherwise));
    }
}
