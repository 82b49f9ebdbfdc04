namespace Cairn.Flows.Regexes;

/// <summary>
/// The named classes of RE2: Perl's and POSIX's hold ASCII only, Unicode's are the general categories.
/// </summary>
internal static class CharClasses
{
    private static readonly (int First, int Last)[] Digits = [('0', '9')];
    private static readonly (int First, int Last)[] Blanks = [('\t', '\n'), ('\f', '\r'), (' ', ' ')];
    private static readonly (int First, int Last)[] WordParts = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

    private static readonly string[] CategoryNames =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
        "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    /// <summary>`\d`, `\s` and `\w` by their lower-case letter; null for another.</summary>
    public static (int First, int Last)[]? Perl(char letter) => letter switch
    {
        'd' => Digits,
        's' => Blanks,
        'w' => WordParts,
        _ => null,
    };

    /// <summary>`[:alpha:]` and its kin; null for an unknown name.</summary>
    public static (int First, int Last)[]? Posix(string name) => name switch
    {
        "alnum" => [('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => [('A', 'Z'), ('a', 'z')],
        "ascii" => [(0, 0x7f)],
        "blank" => [('\t', '\t'), (' ', ' ')],
        "cntrl" => [(0, 0x1f), (0x7f, 0x7f)],
        "digit" => Digits,
        "graph" => [('!', '~')],
        "lower" => [('a', 'z')],
        "print" => [(' ', '~')],
        "punct" => [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "space" => [('\t', '\r'), (' ', ' ')],
        "upper" => [('A', 'Z')],
        "word" => WordParts,
        "xdigit" => [('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => null,
    };

    /// <summary>The bits of a general category (`L`, `Lu`) or of `Any`; null for another name.</summary>
    public static int? Unicode(string name)
    {
        if (name == "Any")
            return (1 << CategoryNames.Length) - 1;
        var bits = 0;
        for (var i = 0; i < CategoryNames.Length; i++)
        {
            if (CategoryNames[i] == name || (name.Length == 1 && CategoryNames[i].StartsWith(name)))
                bits |= 1 << i;
        }

        return bits == 0 ? null : bits;
    }

    public static bool IsWordPart(int point) =>
        point is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or '_' or (>= 'a' and <= 'z');
}
