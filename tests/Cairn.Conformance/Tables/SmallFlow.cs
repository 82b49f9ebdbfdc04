namespace Cairn.Conformance.Tables;

/// <summary>The flow around an expression or a value of a table.</summary>
internal static class SmallFlow
{
    /// <summary>Returns an expression's value; a step before it assigns the variables.</summary>
    public static string Returning(string expression, Variables variables) =>
        $$"""
        main:
          steps:
            - with:
                assign: [{none: null}{{string.Concat(variables.Assignments.Select(one => ", " + one))}}]
            - value:
                return: {{Quoted("${" + expression + "}")}}

        """;

    /// <summary>Assigns a value as it is written and returns it.</summary>
    public static string Assigning(string yaml) =>
        $$"""
        main:
          steps:
            - value:
                assign:
                  - x: {{yaml}}
            - back:
                return: ${x}

        """;

    /// <summary>Assigns a value as it is written and returns its type's name.</summary>
    public static string KindOf(string yaml) => Assigning(yaml).Replace("${x}", "${get_type(x)}");

    /// <summary>A scalar in single quotes, or in double quotes where it holds what the former cannot.</summary>
    private static string Quoted(string text) =>
        text.Any(char.IsControl) ? CanonicalJson.Quote(text) : "'" + text.Replace("'", "''") + "'";
}
