using System.Globalization;
using System.Text;

namespace Cairn.Graphs.Tests.Templates;

/// <summary>Draws whole templates: text, output, every statement, white space control, and now and then a typing
/// error.</summary>
internal sealed class TemplateGenerator
{
    private const int BrokenOneIn = 25;
    private const int Depth = 3;
    private readonly ExpressionGenerator expressions;
    private int names;

    public TemplateGenerator(int seed) => expressions = new ExpressionGenerator(new Random(seed));

    public string Template()
    {
        var text = Body(2);
        return Chance(BrokenOneIn) ? Broken(text) : text;
    }

    private bool Chance(int oneIn) => expressions.Number(oneIn) == 0;

    private string Fresh() => "v" + (names++).ToString(CultureInfo.InvariantCulture);

    private string Body(int depth)
    {
        var text = new StringBuilder();
        for (var pieces = 1 + expressions.Number(depth > 0 ? 3 : 2); pieces > 0; pieces--)
        {
            text.Append(expressions.Number(6) switch
            {
                0 => expressions.Pick("text ", "\n", "  ", "a\n  ", "{ } ", "100% ", "é😀", "\n\n"),
                1 when depth > 0 => Statement(depth - 1),
                2 when depth > 0 => Statement(depth - 1),
                _ => Tag("{{", expressions.Any(Depth), "}}"),
            });
        }

        return text.ToString();
    }

    private string Tag(string open, string inner, string close)
    {
        var left = Chance(8) ? expressions.Pick("-", "+") : "";
        var right = Chance(8) ? open == "{{" ? "-" : expressions.Pick("-", "+") : "";
        return $"{open}{left} {inner} {right}{close}";
    }

    private string Block(string inner) => Tag("{%", inner, "%}");

    private string Statement(int depth) => expressions.Number(19) switch
    {
        0 or 1 => If(depth),
        2 or 3 or 4 => For(depth),
        5 => Recursive(),
        6 => Set(),
        7 => SetBlock(depth),
        8 or 9 => Macro(depth),
        10 => CallBlock(depth),
        11 => Block($"filter {expressions.Pick("upper", "indent(2)", "replace('a', 'b')|title", "trim", "e")}")
            + Body(depth) + Block("endfilter"),
        12 => With(depth),
        13 => Block("raw") + "{{ raw }} {% x %}" + Block("endraw"),
        14 => "{# " + expressions.Pick("note", "{{ x }}", "\n") + expressions.Pick(" #}", " -#}"),
        15 => Block($"autoescape {expressions.Pick("true", "false", "y")}") + Body(depth) + Block("endautoescape"),
        16 => Named(depth),
        17 => Block("print " + expressions.Any(1)),
        _ => expressions.Pick(
            "{% include 'x' %}", "{% import 'x' as q %}", "{% from 'x' import a %}",
            "{% include [] ignore missing %}", "{% nonsense %}", "{% if y %}", "{% endfor %}", "{{ s|nofilter }}",
            "{{ s is notest }}", "{% for loop in l %}{% endfor %}", "{% set 1 = 2 %}", "{% break %}"),
    };

    private string If(int depth) => Block("if " + expressions.Of(Sort.Bool, 2)) + Body(depth)
        + (Chance(3) ? Block("elif " + expressions.Any(1)) + Set() + Body(depth) : "")
        + (Chance(2) ? Block("else") + Body(depth) : "") + Block("endif");

    private string For(int depth)
    {
        var name = Fresh();
        var target = expressions.Pick(name, name, name, $"{name}, k", $"k, ({name}, q)");
        var source = target == name
            ? expressions.Of(Sort.List, 2)
            : expressions.Pick("d.items()", "nested", "d|dictsort", expressions.Of(Sort.List, 1));
        var test = Chance(4)
            ? " if " + expressions.Pick($"{name} is defined", $"{name} != 1", expressions.Of(Sort.Bool, 1)) : "";
        var head = Block($"for {target} in {source}{test}");
        expressions.Locals.Add(name);
        if (Chance(2))
            expressions.Locals.Add("loop." + expressions.Pick(
                "index", "index0", "first", "last", "length", "revindex", "revindex0", "previtem", "nextitem", "depth",
                "cycle('a', 'b')", $"changed({name})", "nothing"));
        var before = expressions.Locals.Count;
        var body = (Chance(3) ? Set() : "") + Body(depth);
        var otherwise = Chance(4) ? Block("else") + Body(depth) : "";
        if (Chance(2))
            expressions.Locals.RemoveRange(0, Math.Min(before, expressions.Locals.Count));
        return head + body + otherwise + Block("endfor");
    }

    private string Recursive() =>
        "{% for i in tree recursive %}{{ i.v }}" +
            expressions.Pick("{{ loop.depth }}", "{{ loop.depth0 }}", "{{ loop }}", "")
        + "{% if i.c %}[{{ loop(i.c) }}]{% endif %}" + expressions.Pick("{% else %}none", "") + "{% endfor %}";

    private string Set()
    {
        var name = Fresh();
        expressions.Locals.Add(name);
        return expressions.Number(5) switch
        {
            0 => Block($"set {name}, p = {expressions.Of(Sort.List, 1)}"),
            1 => Block($"set ns = namespace(a={expressions.Any(1)})") + Block($"set ns.a = {expressions.Any(1)}")
                + Block($"set {name} = ns.a"),
            _ => Block($"set {name} = {expressions.Any(2)}"),
        };
    }

    private string SetBlock(int depth)
    {
        var name = Fresh();
        var text = Block("set " + name + expressions.Pick("", " | upper", " | trim | replace('a', 'o')")) + Body(depth)
            + Block("endset");
        expressions.Locals.Add(name);
        return text;
    }

    private string Macro(int depth)
    {
        var name = Fresh();
        var extra = expressions.Pick(
            "", "{{ varargs }}", "{{ kwargs }}", "{{ varargs }}{{ kwargs }}", "{{ caller is defined }}");
        var head = Block($"macro {name}({expressions.Pick("", "a", "a, b=2", "a=1, b=a", "a, b=missing", "b=s")})");
        expressions.Locals.AddRange(["a", "b"]);
        var body = Body(depth);
        expressions.Locals.RemoveAll(static local => local is "a" or "b");
        expressions.Locals.Add(
            $"{name}({expressions.Pick("", "1", "1, 2", "1, 2, 3", "b=5", "a=1, c=2", "*l", "**d", "1, a=2")})");
        if (Chance(6))
            expressions.Locals.Add(name);
        return head + body + extra + Block("endmacro");
    }

    private string CallBlock(int depth)
    {
        var name = Fresh();
        return $"{{% macro {name}(x=1) %}}<{{{{ caller({expressions.Pick("", "x", "1, 2")}) }}}}>{{% endmacro %}}"
            + Block($"call{expressions.Pick("", "(p)", "(p, q=2)")} {name}({expressions.Pick("", "5", "x=6", "z=1")})")
            + Body(depth) + expressions.Pick("", "{{ p }}") + Block("endcall");
    }

    private string With(int depth)
    {
        var name = Fresh();
        var head = Block($"with {name} = {expressions.Any(2)}, k = {expressions.Any(1)}");
        expressions.Locals.Add(name);
        return head + Body(depth) + Block("endwith");
    }

    private string Named(int depth)
    {
        var name = Fresh();
        return Block($"block {name}{expressions.Pick("", " scoped")}") + Body(depth)
            + Block("endblock" + expressions.Pick("", " " + name)) + expressions.Pick("", $"{{{{ self.{name}() }}}}");
    }

    /// <summary>One character lost, doubled, or replaced.</summary>
    private string Broken(string text)
    {
        if (text.Length == 0)
            return "{{";
        var at = expressions.Number(text.Length);
        if (char.IsSurrogate(text[at]))
            return text + "{%";
        return expressions.Number(3) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(
                at, expressions.Pick("(", "}", "%}", "|", "'", ".", "{{", " ", ",", "is ", "$", "if ", "]")),
            _ => text[..at],
        };
    }
}
