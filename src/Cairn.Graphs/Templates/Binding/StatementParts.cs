using Cairn.Graphs.Templates.Syntax;

namespace Cairn.Graphs.Templates.Binding;

/// <summary>Searches through statements at any depth.</summary>
internal static class StatementParts
{
    public static List<Statement.Block> Blocks(IEnumerable<Statement> statements)
    {
        var found = new List<Statement.Block>();
        foreach (var statement in statements)
        {
            if (statement is Statement.Block block)
                found.Add(block);
            found.AddRange(Blocks(Bodies(statement)));
        }

        return found;
    }

    /// <summary>Where the statement, or one inside it, assigns to the name.</summary>
    public static NameExpr? StoredName(Statement statement, string name)
    {
        foreach (var target in Targets(statement))
        {
            if (Stored(target, name) is { } found)
                return found;
        }

        return Bodies(statement).Select(inner => StoredName(inner, name)).FirstOrDefault(
            static found => found is not null);
    }

    private static NameExpr? Stored(Expr expr, string name) =>
        expr is NameExpr { IsStored: true, IsParameter: false } found && found.Name == name
            ? found
            : expr.Parts.Select(part => Stored(part, name)).FirstOrDefault(static part => part is not null);

    private static IEnumerable<Expr> Targets(Statement statement) => statement switch
    {
        Statement.For loop => [loop.Target],
        Statement.Assign assign => [assign.Target],
        Statement.AssignBlock assign => [assign.Target],
        _ => [],
    };

    private static IEnumerable<Statement> Bodies(Statement statement) => statement switch
    {
        Statement.For loop => loop.Body.Concat(loop.Otherwise),
        Statement.If branch => branch.Body.Concat(branch.Alternatives).Concat(branch.Otherwise),
        Statement.Macro macro => macro.Body,
        Statement.CallBlock call => call.Body,
        Statement.FilterBlock filter => filter.Body,
        Statement.With with => with.Body,
        Statement.Block block => block.Body,
        Statement.AssignBlock assign => assign.Body,
        Statement.Autoescape escape => escape.Body,
        _ => [],
    };
}
