using System.Text;

namespace Cairn.Graphs.Tests.Yaml;

/// <summary>Documents: nesting, anchors, merges, quoting, comments.</summary>
internal static class Documents
{
    private static readonly string[] Words =
        ["a", "b", "name", "yes", "1", "1.5", "~", "'x y'", "\"q\\t\"", "2024-01-01", "0x1", "é", "k-1", "/p/q"];

    public static readonly string[] Fixed =
    [
        "", "# only a comment", "---\n", "a: 1\na: 2\n", "a: &x {b: 1}\nc: *x\n", "a: *nope\n",
        "base: &b {x: 1, y: 2}\nd: {<<: *b, y: 3}\n", "a: &a {x: 1}\nb: &b {x: 2, z: 3}\nd:\n  <<: [*a, *b]\n  y: 3\n",
        "d:\n  <<: 5\n", "d:\n  <<: [1]\n", "1: a\n1.0: b\ntrue: c\n", "? [a]\n: b\n", "? {a: 1}\n: b\n", "a: [1, 2\n",
        "a: {b: 1\n", "a: b\n c: d\n", "a:\n- 1\n- 2\n", "a:\n  - 1\n  -\n  - x: 1\n    y: 2\n",
        "a: |\n  x\n   y\n\n\nb: 1\n",
        "a: |-\n  x\n\nb: >+\n  p\n  q\n\n  r\n\nc: 1\n", "a: 'one\n  two\n\n  three'\n", "a: \"one\\\n  two\"\n",
        "a: one\n  two\n",
        "--- a\n--- b\n", "a: 1\n...\n", "%YAML 1.1\n---\na: 1\n", "{a: 1, b: [x, y], c}\n", "[a, b: c, {d: e}]\n",
        "a: 1\n\tb: 2\n",
        "a:\t1\n", "? a\n: b\n? c\n", "a: # comment\n  b\n", "\"a\" : 1\n", "{\"a\":1}\n", "[a,b]\n",
        "a: [\n 1,\n 2\n]\n", "x:\n  a: [\n    1\n  ]\n", "x:\n  a: {\n    b: 1\n  }\n  c: 1\n",
        "x:\n  a: [\n    1\n ]\n", "- - - a\n",
        "a: &x 1\nb: [*x, *x]\n", "x: &a\n  y: *a\n", "a: !!str 1\nb: !!map {a, b}\n", "a: 1\r\nb: 2\r\n", "a: -\n",
        "a: - b\n",
        "~: x\n", "yes: x\nno: y\n", "a: \"\\u263a\\x41\\n\"\n", "a: '\\n'\n", "a: \"\\q\"\n",
        "a: http://x:80/y#z\n", "a: x:y\n",
        "a: @b\n", "key with spaces: v\n", "a: 1 # c\n#d\nb: 2\n", "'a': {b: 'c'}\n", "a: ''\nb: \"\"\n",
        "- a\nb: c\n", "\uFEFFa: 1\n",
        "a: b #c\n", "a: |2\n   x\n  y\n", "<<: {a: 1}\n", "a: [1, [2, [3]]]\n", "a: 2024-13-45\n", "[]: x\n",
        "a : b\n", ":\n", "a:b\n",
        "command: [\"sh\", \"-c\", \"echo {a: b}\"]\n", "x: {a: b, <<: {c: d}}\n", "a: {x: 1, x: 2}\n",
        "a: 1\nb: 2\na: 3\n",
        "a: !!set {x, y}\n", "a: !!set\n  ? x\n  ? y\n", "a: !!set {x: 1, x: 2}\n", "a: !!set [x]\n", "a: !!set x\n",
        "a: !!pairs [x: 1, x: 2, y: [3]]\n", "a: !!pairs\n- x: 1\n- y: {z: 2}\n", "a: !!pairs [x]\n",
        "a: !!pairs [{x: 1, y: 2}]\n", "a: !!pairs [{}]\n", "a: !!pairs {x: 1}\n", "a: !!omap [x: 1, y: 2]\n",
        "a: !!omap\n- x: 1\n- x: 2\n", "a: !!omap {x: 1}\n", "a: !!omap [[x, 1]]\n", "a: &p !!omap [x: 1]\nb: *p\n",
        "a: !!pairs [<<: {x: 1}]\n", "!!set {a}\n", "!!omap []\n", "a: !!pairs [!!map {x: 1}]\n",
        "x:\n  a: [\n  1,\n  2\n  ]\n", "x:\n  a: [\n1,\n2\n]\nb: 1\n", "x:\n  a: {\nb: 1,\n c: [\n2]\n}\n  d: 3\n",
        "- a: [\n  1]\n- b\n", "- [\na,\nb]\n- c\n", "x:\n    a: [1,\n  # c\n  2]\n",
            "x:\n  a: \"one\ntwo\n\nthree\"\n",
        "x:\n  a: 'one\n\n two'\n  b: 1\n", "x:\n  a: [\"one\ntwo\", 'a\nb']\n", "x:\n  a: [\n---\n]\n",
        "x:\n  a: [\n--- b\n]\n", "x:\n  a: [\n1\n", "x:\n  a: [one\ntwo,\nthree: four\n]\n",
        "x:\n  a: [\n  {b: 1},\n  {c: [\n  2\n  ]}\n  ]\n  y: z\n", "x:\n  - a: [\n  1\n  ]\n    b: 2\n",
        "x:\n  a: \"one\\\ntwo\"\n", "x:\n  a: [\n\t1\n]\n", "x:\n  a: |\n    [\n    b\n  c: [\n  1\n]\n",
        "x:\n  a: b\n   [c\n  d: [\n1]\n", "x:\n  'a\nb': 1\n", "x:\n  [a,\nb]: 1\n", "x:\n  &y [\n1]\n",
    ];

    public static string Any(Random random, int indent, int depth)
    {
        var text = new StringBuilder();
        var list = random.Next(3) == 0;
        var count = random.Next(1, 5);
        for (var i = 0; i < count; i++)
        {
            text.Append(' ', indent).Append(list ? "-" : Word(random) + ":");
            if (depth > 0 && random.Next(3) == 0)
                text.Append('\n').Append(Any(random, indent + 1 + random.Next(3), depth - 1));
            else
                text.Append(' ').Append(Leaf(random, indent)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Inside brackets a line may stand anywhere.</summary>
    private static string Break(Random random) =>
        random.Next(4) == 0 ? "\n" + new string(' ', random.Next(4)) : "";

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static string Leaf(Random random, int indent) => random.Next(10) switch
    {
        0 => $"[{Break(random)}{Word(random)},{Break(random)} {Word(random)}{Break(random)}]",
        1 => $"{{{Break(random)}{Word(random)}: {Word(random)}{Break(random)}}}",
        2 => $"|\n{new string(' ', indent + 2)}line {Word(random)}\n\n{new string(' ', indent + 3)}more",
        3 => $">-\n{new string(' ', indent + 2)}line {Word(random)}\n{new string(' ', indent + 2)}more",
        4 => $"{Word(random)} # comment",
        5 => "",
        _ => Word(random),
    };
}
