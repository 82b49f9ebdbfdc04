using System.Globalization;

namespace Cairn.Graphs.Tests.Templates;

/// <summary>What an expression is meant to be; one in a dozen is something else, so that errors are compared
/// too.</summary>
internal enum Sort
{
    Int,
    Float,
    Str,
    List,
    Dict,
    Bool,
    Any,
}

/// <summary>Draws expressions from the whole grammar: literals, operators, filters, tests, calls, subscripts.</summary>
internal sealed class ExpressionGenerator(Random random)
{
    private const int IllTypedOneIn = 12;

    private static readonly Dictionary<Sort, string[]> Names = new()
    {
        [Sort.Int] = ["n", "m", "big", "d.a", "r[0].x"],
        [Sort.Float] = ["f", "g"],
        [Sort.Str] = ["s", "t", "u", "e", "html", "d.b", "w[0]", "many"],
        [Sort.List] = ["l", "w", "r", "d.c", "nested"],
        [Sort.Dict] = ["d", "r[1]", "empty"],
        [Sort.Bool] = ["y", "z"],
        [Sort.Any] = ["missing", "d.nothing", "none", "l[9]", "s.nothing", "r[0].x.y"],
    };

    /// <summary>Names that statements have brought into scope.</summary>
    public List<string> Locals { get; } = [];

    public int Number(int below) => random.Next(below);

    public string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    public string Any(int depth) => Of((Sort)random.Next(7), depth);

    public string Of(Sort sort, int depth)
    {
        if (random.Next(IllTypedOneIn) == 0)
            sort = (Sort)random.Next(7);
        if (depth <= 0)
            return Leaf(sort);
        return random.Next(12) switch
        {
            0 or 1 => Leaf(sort),
            2 => $"({Of(sort, depth - 1)} if {Of(Sort.Bool, depth - 1)} else {Of(sort, depth - 1)})",
            3 => $"({Of(sort, depth - 1)} {Pick("and", "or")} {Of(sort, depth - 1)})",
            4 => $"({Of(sort, depth - 1)})|{Pick("default", "d")}({Of(sort, depth - 1)}{Pick("", ", true")})",
            5 when random.Next(4) == 0 => $"({Of(sort, depth - 1)} if {Of(Sort.Bool, depth - 1)})",
            _ => Compound(sort, depth - 1),
        };
    }

    private string Leaf(Sort sort)
    {
        if (Locals.Count > 0 && random.Next(3) == 0)
            return Locals[random.Next(Locals.Count)];
        return random.Next(3) == 0 ? Names[sort][random.Next(Names[sort].Length)] : Literal(sort);
    }

    private string Literal(Sort sort) => sort switch
    {
        Sort.Int => Pick("0", "1", "2", "3", "-1", "10", "255", "1_000", "0x1f", "9223372036854775807", Small()),
        Sort.Float => Pick("0.5", "1.0", "2.5", "-1.5", "1e3", "1e16", "1e-7", "3.14159", "0.1", "100.0", "1e100"),
        Sort.Str => Pick(
            "''", "'a'", "'abc'", "\"it's\"", "'say \"x\"'", "'a,b,c'", "' pad '", "'x y z'", @"'\n'", @"'\u00e9\t'",
            "'42'", "'3.5'", "'%s'", "'{}'", "'ABC'", "'a-b c'", "'<b>&'", "'1' '2'", @"'\x41\101\q'", "'\U0001F600'"),
        Sort.List => Pick(
            "[]", "[1, 2, 3]", "['b', 'a']", "(1, 2)", "[[1, 2], [3, 4]]", "[none, true]", "(1,)", "[1.5, 1]"),
        Sort.Dict => Pick("{}", "{'a': 1}", "{'k': [1], 'a': 'x'}", "{1: 'one', 2.5: none}", "dict(a=1, b='c')"),
        Sort.Bool => Pick("true", "false", "True", "1 == 1", "none is none"),
        _ => Pick("none", "missing", "{}", "range(3)", "()", "namespace(a=1)"),
    };

    private string Small() => random.Next(20).ToString(CultureInfo.InvariantCulture);

    private string Compound(Sort sort, int depth) => sort switch
    {
        Sort.Int => Int(depth),
        Sort.Float => Float(depth),
        Sort.Str => random.Next(2) == 0 ? StrByFilter(depth) : StrByMethod(depth),
        Sort.List => List(depth),
        Sort.Dict => Dict(depth),
        Sort.Bool => Bool(depth),
        _ => Odd(depth),
    };

    private string Int(int depth) => random.Next(14) switch
    {
        0 or 1 => $"({Of(Sort.Int, depth)} {Pick("+", "-", "//", "%")} {Of(Sort.Int, depth)})",
        2 => $"{Of(Sort.Int, depth)} {Pick("+", "-", "*")} {Small()} {Pick("//", "%", "-")} {Small()}",
        3 => $"({Of(Sort.Int, depth)}) ** {Pick("0", "1", "2", "3")}",
        4 => $"{Pick("-", "+", "- -")}({Of(Sort.Int, depth)})",
        5 => $"({Of(Sort.Any, depth)})|{Pick("length", "count")}",
        6 => $"({Of(Sort.Any, depth)})|int{Pick("", "(7)", "(base=16)", "(0, 2)")}",
        7 => $"({Of(Sort.Int, depth)})|abs",
        8 => $"({Of(Sort.List, depth)})|{Pick("sum", "min", "max", "first", "last")}",
        9 => $"({Of(Sort.Str, depth)}).{Pick("find", "count", "index", "rfind")}({Of(Sort.Str, depth)})",
        10 => $"({Of(Sort.List, depth)})[{Pick("0", "-1", "1", "5", "n")}]",
        11 => $"({Of(Sort.Str, depth)})|wordcount",
        12 => $"({Of(Sort.Int, depth)}).{Pick("bit_length()", "real", "nothing", "numerator")}",
        _ => $"({Of(Sort.Int, depth)})|round({Pick("0", "-1", "2")})",
    };

    private string Float(int depth) => random.Next(7) switch
    {
        0 => $"({Of(Sort.Int, depth)} / {Of(Sort.Int, depth)})",
        1 => $"({Of(Sort.Float, depth)} {Pick("+", "-", "*", "/", "//", "%")} {Of(Sort.Float, depth)})",
        2 => $"({Of(Sort.Float, depth)})|round{Pick("", "(1)", "(2, 'floor')", "(1, 'ceil')", "(0, 'common')", "(-1)")}",
        3 => $"({Of(Sort.Str, depth)})|float{Pick("", "(1.5)", "(default=2)")}",
        4 => $"({Of(Sort.Float, depth)} {Pick("+", "*")} {Of(Sort.Int, depth)})",
        5 => $"-({Of(Sort.Float, depth)})",
        _ => $"({Of(Sort.Float, depth)})|abs",
    };

    private string StrByFilter(int depth)
    {
        var text = $"({Of(Sort.Str, depth)})";
        return random.Next(24) switch
        {
            0 or 1 => $"{text}|{Pick("upper", "lower", "title", "capitalize", "trim", "string", "striptags")}",
            2 => $"{text}|replace({Of(Sort.Str, depth)}, {Of(Sort.Str, 0)}{Pick("", ", 1")})",
            3 => $"{text}|{Pick("e", "escape", "forceescape", "safe", "urlencode")}",
            4 => $"({Of(Sort.List, depth)})|join{Pick("", "(', ')", "('-')", "(d=1)", "(attribute='x')")}",
            5 => $"{text}|truncate({Pick("5", "8", "10, true", "6, false, '~', 0", "2", "9, end='..'")})",
            6 => $"{text}|indent({Pick("", "2", "'> '", "1, true", "2, false, true", "first=true")})",
            7 => $"{text}|center({Pick("5", "8", "11", "")})",
            8 => $"{text}|wordwrap({Pick("3", "5", "10", "4, false", "6, wrapstring='|'", "7, break_on_hyphens=false")})",
            9 => $"({Of(Sort.Any, depth)})|tojson{Pick("", "(2)", "(indent=1)")}",
            10 => $"({Of(Sort.Any, depth)})|string",
            11 => $"({Of(Sort.Int, depth)})|filesizeformat{Pick("", "(true)")}",
            12 => $"({Of(Sort.Dict, depth)})|{Pick("xmlattr", "urlencode", "xmlattr(false)")}",
            13 => $"({Of(Sort.Any, depth)} ~ {Of(Sort.Any, depth)})",
            14 => $"({text} + {Of(Sort.Str, depth)})",
            15 => $"{text} * {Pick("0", "2", "3", "-1")}",
            16 => $"'{Pick("%s", "%d", "%5.1f|%%", "%-6s|", "%05d", "%x", "%r", "%+d", "%e", "%g", "%c", "%5s", "%.2s")}'"
                + $" % {Pick($"({Of(Sort.Int, depth)},)", Of(Sort.Any, depth), $"({Of(Sort.Float, depth)},)")}",
            17 => $"'%s-%s'|format({Of(Sort.Any, depth)}, {Of(Sort.Any, depth)})",
            18 => $"'%(a)s:%(b)d'|format(a={Of(Sort.Any, depth)}, b={Of(Sort.Int, depth)})",
            19 => $"{text}|reverse",
            20 => $"({Of(Sort.List, depth)})|pprint",
            21 => $"{text}|urlize({Pick("", "5", "nofollow=true", "target='_blank'", "rel='x y'")})",
            22 => $"{text}|trim({Of(Sort.Str, 0)})",
            _ => $"{text}[{Slice()}]",
        };
    }

    private string StrByMethod(int depth)
    {
        var text = $"({Of(Sort.Str, depth)})";
        return random.Next(14) switch
        {
            0 or 1 => $"{text}.{Pick("upper", "lower", "title", "capitalize", "strip", "swapcase", "lstrip", "casefold")}()",
            2 => $"{text}.replace({Of(Sort.Str, depth)}, {Of(Sort.Str, 0)}{Pick("", ", 2", ", -1")})",
            3 => $"{text}.{Pick("center", "ljust", "rjust")}({Pick("6", "9, '*'", "3", "7, 'ab'", "'x'")})",
            4 => $"{text}.zfill({Pick("3", "6", "0")})",
            5 => $"{text}.join({Of(Sort.List, depth)})",
            6 => $"{text}.{Pick("strip", "lstrip", "rstrip", "removeprefix", "removesuffix")}({Of(Sort.Str, 0)})",
            7 or 8 => $"'{Format()}'.format({Of(Sort.Any, depth)}, {Of(Sort.Int, depth)}, a={Of(Sort.Str, depth)})",
            9 => $"{text}.expandtabs({Pick("", "4", "0")})",
            10 => $"{text}.partition({Of(Sort.Str, 0)})[{Pick("0", "1", "2")}]",
            11 => $"{text}.{Pick("encoded", "nothing", "upper", "_x", "__class__")}",
            12 => $"{text}.translate({{97: 'X', 98: none}})",
            _ => $"{text}[{Pick("0", "-1", "n", "'a'", "1.5")}]",
        };
    }

    private string Format() => Pick(
        "{}", "{0} {1}", "{a}", "{!r}", "{1:05d}", "{1:>8}", "{1:x}", "{1:,}", "{a:^9}", "{a:.2}", "{0!s:>5}", "{1:+d}",
        "{", "}", "{{}}", "{5}", "{b}", "{a[0]}", "{0.a}", "{1:.2f}", "{1:e}", "{1:08.3f}", "{1:#x}", "{a:d}",
            "{0:{1}}",
        "{}{0}", "{1:b}", "{1:%}", "{1:*^12}", "{1:_}", "{1:g}", "{a!x}", "{0._a}", "{a.__class__}", "{1:=+9d}");

    private string Slice() => Pick("1:", ":2", "::2", "::-1", "1:3", "-2:", ":-1", "5:1", "::0", "n:", ":none");

    private string List(int depth)
    {
        var list = $"({Of(Sort.List, depth)})";
        return random.Next(22) switch
        {
            0 => $"[{Any(depth)}, {Any(depth)}]",
            1 => $"({Any(depth)}, {Any(depth)})",
            2 => $"({list} + {Of(Sort.List, depth)})",
            3 => $"{list}|sort{Pick("", "(true)", "(reverse=true)", "(case_sensitive=true)", "(attribute='x')")}",
            4 => $"{list}|{Pick("unique", "reverse", "list", "unique(true)")}|list",
            5 => $"{list}|map({Pick("'upper'", "'string'", "attribute='x'", "attribute='q', default=0", "'int'", "'nope'", "")})|list",
            6 => $"{list}|{Pick("select", "reject")}({Pick("", "'odd'", "'string'", "'gt', 1", "'defined'", "'in', [1]")})|list",
            7 => $"r|{Pick("selectattr", "rejectattr")}({Pick("'x'", "'x', 'odd'", "'y', 'eq', 'b'", "'q', 'defined'", "")})|list",
            8 => $"{list}|batch({Pick("2", "3, 'x'", "1")})|list",
            9 => $"{list}|slice({Pick("2", "3, 0", "1", "0")})|list",
            10 => $"{Pick("r", list)}|groupby({Pick("'x'", "'y'", "'q', default=1", "attribute='x'", "'y', case_sensitive=true")})",
            11 => $"({Of(Sort.Str, depth)}).{Pick("split()", "split(',')", "rsplit(' ', 1)", "splitlines()", "split('a', 1)")}",
            12 => $"({Of(Sort.Dict, depth)}).{Pick("keys()", "values()", "items()", "keys()|list", "items()|list")}",
            13 => $"({Of(Sort.Dict, depth)})|{Pick("dictsort", "items|list", "list", "dictsort(by='value')", "dictsort(true)")}",
            14 => $"{list}[{Slice()}]",
            15 => $"{list} * {Pick("0", "2", "-1")}",
            16 => $"range({Pick("3", "1, 4", "5, 0, -2", "n", "0")}){Pick("", "|list", "[1:]")}",
            17 => $"({Of(Sort.Str, depth)})|list",
            18 => $"{list}|{Pick("sort", "min", "max", "sum", "first")}",
            19 => $"r|map(attribute='{Pick("x", "y", "q", "y.0")}')|{Pick("list", "join(',')", "sum", "first")}",
            20 => $"{list}.{Pick("copy()", "count(1)", "index(1)", "nothing", "index(2, 1)")}",
            _ => $"nested|map({Pick("'first'", "'sum'", "'join', '-'", "'length'")})|list",
        };
    }

    private string Dict(int depth) => random.Next(6) switch
    {
        0 => $"{{{Of(Sort.Str, depth)}: {Any(depth)}}}",
        1 => $"{{'a': {Any(depth)}, 1: {Any(depth)}, true: 2}}",
        2 => $"dict({Of(Sort.Dict, depth)}, k={Any(depth)})",
        3 => $"({Of(Sort.Dict, depth)}).copy()",
        4 => $"dict({Of(Sort.List, depth)})",
        _ => $"{{{Any(depth)}: 1}}",
    };

    private string Bool(int depth) => random.Next(9) switch
    {
        0 => $"({Of(Sort.Int, depth)} {Comparison()} {Of(Sort.Int, depth)})",
        1 => $"({Any(depth)} {Comparison()} {Any(depth)})",
        2 => $"({Of(Sort.Int, depth)} {Comparison()} {Of(Sort.Int, depth)} {Comparison()} {Of(Sort.Float, depth)})",
        3 => $"not {Any(depth)}",
        4 => $"({Any(depth)} {Pick("in", "not in")} {Of(Pick("l", "s") == "l" ? Sort.List : Sort.Str, depth)})",
        5 or 6 => $"({Any(depth)}) is {Pick("", "not ")}{Test(depth)}",
        7 => $"({Of(Sort.Str, depth)}).{Pick("isupper", "islower", "isdigit", "isalpha", "isspace", "isidentifier", "istitle", "isalnum")}()",
        _ => $"({Of(Sort.Str, depth)}).{Pick("startswith", "endswith")}({Pick(Of(Sort.Str, 0), "('a', 'b')", Any(0))})",
    };

    private string Comparison() => Pick("==", "!=", "<", "<=", ">", ">=");

    private string Test(int depth) => Pick(
        "defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "true", "false", "mapping",
        "sequence", "iterable", "callable", "odd", "even", "upper", "lower", "escaped", "divisibleby 2",
            "divisibleby(3)",
        $"eq({Any(0)})", $"in({Of(Sort.List, depth)})", $"gt {Small()}", $"sameas {Pick("none", "true", "y")}",
            "filter",
        "test", $"lessthan({Any(0)})", $"ne({Any(0)})");

    private string Odd(int depth) => random.Next(10) switch
    {
        0 => $"({Of(Sort.Dict, depth)}){Pick(".a", "['k']", ".nothing", "[1]", ".keys", "['items']")}",
        1 => $"({Of(Sort.List, depth)}){Pick("[0]", ".0", "|first", "|last", "['x']", "[none]")}",
        2 => $"({Of(Sort.Dict, depth)}).get({Of(Sort.Str, depth)}{Pick("", ", 5")})",
        3 => $"({Any(depth)})|{Pick("upper", "sort", "first", "int", "list", "reverse", "title", "items", "batch(2)", "length")}",
        4 => $"({Any(depth)})({Any(0)})",
        5 => $"({Any(depth)} {Pick("+", "-", "*", "/", "%", "//")} {Pick("none", "[]", "'x'", "{}", "1.5")})",
        6 => $"({Any(depth)})|attr({Pick("'real'", "'a'", "'upper'", "'__class__'", "'_x'")})",
        7 => $"({Any(depth)})[{Any(0)}]",
        8 => $"({Any(depth)})|{Pick("join", "sum", "min", "max", "abs", "round", "float", "tojson", "center", "wordcount")}({Pick("", "1", "x=1", "1, 2, 3, 4, 5, 6")})",
        _ => $"{Pick("-", "+")}{Leaf(Sort.Any)}",
    };
}
