namespace Cairn.Flows.Syntax;

/// <summary>Names of variables (spec/workflows.md 1.5), and the targets that are no steps (1.4).</summary>
internal static class Names
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "names are letters, digits and '_', and do not begin with a digit";

    /// <summary>Whether a variable can have it.</summary>
    public static bool IsVariable(string text)
    {
        if (text.Length == 0 || char.IsAsciiDigit(text[0]))
            return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        return true;
    }

    /// <summary>Whether a whole scalar is one expression, by its look; the expressions' own reader decides.</summary>
    public static bool LooksLikeExpression(string text) => text.AsSpan().TrimStart() is ['$', '{', ..];
}
