using System.Diagnostics;

namespace Cairn.Platform.Triggers.Patterns;

/// <summary>
/// A path pattern over a whole name. Between slashes: text, `*` (any text), `?` (one character), `[abc]`, `{a,b}`,
/// `{name}` (captures one part or a part of it), `{name=GLOB}`; `**` alone stands for any number of parts and
/// `{name=**}` captures at least one. A backslash takes the meaning from the next character.
/// </summary>
public sealed class PathTemplate
{
    private readonly IReadOnlyList<PathPart> _parts;

    private PathTemplate(string written, IReadOnlyList<PathPart> parts)
    {
        Written = written;
        _parts = parts;
        Captures = [.. parts.SelectMany(CapturesOf)];
    }

    /// <summary>As written.</summary>
    public string Written { get; }

    /// <summary>Names of the captures, in order.</summary>
    public IReadOnlyList<string> Captures { get; }

    /// <summary>Its parts, for an index.</summary>
    internal IReadOnlyList<PathPart> Parts => _parts;

    /// <summary>Text that every name that fits begins with: what a listing has to look through.</summary>
    public string LiteralPrefix
    {
        get
        {
            var parts = _parts.TakeWhile(part => part is PathPart.Literal).Cast<PathPart.Literal>().ToList();
            var text = string.Join('/', parts.Select(part => part.Text));
            return parts.Count == _parts.Count || parts.Count == 0 ? text : text + "/";
        }
    }

    /// <summary>A name that fits.</summary>
    public string Example => string.Join('/', _parts.Select(part => part.Example));

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="PatternException">It cannot be read.</exception>
    public static PathTemplate Parse(string text)
    {
        if (text.Length == 0)
            throw new PatternException("is empty");
        if (text[0] == '/')
            throw new PatternException("begins with a slash: names of objects do not");
        var parts = text.Split('/');
        if (parts.Any(part => part.Length == 0))
            throw new PatternException("has an empty part between slashes or at its end");
        var read = parts.Select(PathPartReader.Read).ToList();
        var twice = read.SelectMany(CapturesOf).GroupBy(name => name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new PathTemplate(text, read)
            : throw new PatternException($"captures {twice.Key} twice");
    }

    /// <summary>Looks at a whole name; says where a name that does not fit parts from the pattern.</summary>
    public NameMatch Match(string name)
    {
        var walk = new Walk(_parts, name.Split('/'));
        return walk.From(0, 0) ? new NameMatch.Fits(walk.Captured()) : new NameMatch.Misses(walk.Reason());
    }

    private static IEnumerable<string> CapturesOf(PathPart part) => part switch
    {
        PathPart.Literal => [],
        PathPart.Glob glob => glob.Captures,
        PathPart.Deep deep => deep.Capture is null ? [] : [deep.Capture],
        _ => throw new UnreachableException(),
    };

    // Each pair (part of the pattern, part of the name) is tried once: the work is bounded by their product.
    private sealed class Walk(IReadOnlyList<PathPart> parts, string[] names)
    {
        private readonly bool[] _failed = new bool[(parts.Count + 1) * (names.Length + 1)];
        private readonly Stack<(string Name, string Value)> _captured = new();
        private int _furthestPart;
        private int _furthestName;

        internal bool From(int part, int name)
        {
            var cell = (part * (names.Length + 1)) + name;
            if (_failed[cell])
                return false;
            if (part > _furthestPart || (part == _furthestPart && name > _furthestName))
                (_furthestPart, _furthestName) = (part, name);
            if (part == parts.Count && name == names.Length)
                return true;
            var fits = part < parts.Count && Try(parts[part], part, name);
            _failed[cell] = !fits;
            return fits;
        }

        internal IReadOnlyList<KeyValuePair<string, string>> Captured() =>
            [.. _captured.Select(found => KeyValuePair.Create(found.Name, found.Value))];

        internal string Reason()
        {
            var expected = _furthestPart < parts.Count ? $"`{parts[_furthestPart].Written}`" : null;
            if (expected is null)
                return $"the name goes on with `{names[_furthestName]}` where the pattern ends";
            return _furthestName < names.Length
                ? $"part {_furthestName + 1} of the name is `{names[_furthestName]}`, the pattern wants {expected}"
                : $"the name ends where the pattern wants {expected}";
        }

        private bool Try(PathPart part, int at, int name)
        {
            if (part is PathPart.Deep deep)
                return Deep(deep, at, name);
            if (name == names.Length)
                return false;
            if (part is PathPart.Literal literal)
                return literal.Text == names[name] && From(at + 1, name + 1);
            var glob = (PathPart.Glob)part;
            if (glob.Regex.Match(names[name]) is not { Success: true } match || !From(at + 1, name + 1))
                return false;
            for (var i = glob.Captures.Count - 1; i >= 0; i--)
                _captured.Push((glob.Captures[i], match.Groups[glob.Captures[i]].Value));
            return true;
        }

        private bool Deep(PathPart.Deep deep, int at, int name)
        {
            for (var taken = deep.Least; name + taken <= names.Length; taken++)
            {
                if (!From(at + 1, name + taken))
                    continue;
                if (deep.Capture is not null)
                    _captured.Push((deep.Capture, string.Join('/', names[name..(name + taken)])));
                return true;
            }

            return false;
        }
    }
}
